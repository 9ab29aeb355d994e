namespace Dimec.Fuzzing;

/// <summary>What a target's inputs came to.</summary>
/// <param name="target">The target's name.</param>
public sealed class FuzzReport(string target)
{
    /// <summary>So many failures are kept; the next ones are counted.</summary>
    private const int MostKept = 20;

    private readonly List<FuzzFailure> _failures = [];

    /// <summary>The target's name.</summary>
    public string Target => target;

    /// <summary>How many inputs were read.</summary>
    public long Inputs => Malformed + Refused + Accepted + FailureCount;

    /// <summary>How many were refused before the parser's own rules.</summary>
    public long Malformed { get; private set; }

    /// <summary>How many were refused by the parser's own rules.</summary>
    public long Refused { get; private set; }

    /// <summary>How many were taken.</summary>
    public long Accepted { get; private set; }

    /// <summary>How many broke a promise.</summary>
    public long FailureCount { get; private set; }

    /// <summary>The first of these.</summary>
    public IReadOnlyList<FuzzFailure> Failures => _failures;

    /// <summary>The share that got past the first stage, 0 to 1.</summary>
    public double PastFirstStage => Inputs == 0 ? 0 : 1 - ((double)Malformed / Inputs);

    /// <summary>The longest that one input took.</summary>
    public TimeSpan Slowest { get; private set; }

    /// <summary>The most bytes that one input made the parser allocate.</summary>
    public long MostAllocated { get; private set; }

    internal void Add(Verdict verdict, TimeSpan took, long allocated)
    {
        _ = verdict switch
        {
            Verdict.Malformed => Malformed++,
            Verdict.Refused => Refused++,
            _ => Accepted++,
        };
        Slowest = took > Slowest ? took : Slowest;
        MostAllocated = Math.Max(MostAllocated, allocated);
    }

    internal void Add(FuzzFailure failure)
    {
        FailureCount++;
        if (_failures.Count < MostKept)
            _failures.Add(failure);
    }
}

namespace Dimec.Planning.Promises.Procedures;

/// <summary>
/// From the dearest plan on, each at the whole of δ, until one is not shown to keep the promise. Which comes after which was fixed on the
/// selection part. The default.
/// </summary>
public sealed class FixedSequence : IPromiseProcedure
{
    /// <summary>The name.</summary>
    public const string FixedSequenceName = "fixed-sequence";

    /// <inheritdoc/>
    public string Name => FixedSequenceName;

    /// <inheritdoc/>
    public string Source => "Angelopoulos et al. 2021, arXiv 2110.01052, section 2";

    /// <inheritdoc/>
    public IReadOnlyList<int> Accepted(IPromiseTests tests, double delta)
    {
        ArgumentNullException.ThrowIfNull(tests);
        return [.. Enumerable.Range(0, tests.Count).TakeWhile(plan => tests.PValue(plan) <= delta)];
    }
}

namespace Dimec.Planning.Promises.Procedures;

/// <summary>
/// Which of several plans are shown to keep a promise, so that with a probability of at most δ any of those is wrong (Learn-then-Test,
/// arXiv 2110.01052). Implementations are immutable.
/// </summary>
public interface IPromiseProcedure
{
    /// <summary>The name by which it is chosen and which a promise keeps.</summary>
    string Name { get; }

    /// <summary>The publication that it follows.</summary>
    string Source { get; }

    /// <summary>The plans that are accepted.</summary>
    /// <param name="tests">A test a plan, from the dearest to the cheapest.</param>
    /// <param name="delta">δ, over 0 and under 1.</param>
    /// <returns>Their places, each once; none where none is shown.</returns>
    IReadOnlyList<int> Accepted(IPromiseTests tests, double delta);
}

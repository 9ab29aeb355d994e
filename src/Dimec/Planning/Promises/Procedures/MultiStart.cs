namespace Dimec.Planning.Promises.Procedures;

/// <summary>
/// Fixed sequences from several plans on that lie evenly along the costs, each at its share of δ, so that one plan that is worse than its
/// neighbours does not end it all. A sequence that comes to where the next begins goes on past it.
/// </summary>
public sealed class MultiStart : IPromiseProcedure
{
    /// <summary>The number of sequences.</summary>
    private const int Starts = 4;

    /// <inheritdoc/>
    public string Name => "multi-start";

    /// <inheritdoc/>
    public string Source => "Angelopoulos et al. 2021, arXiv 2110.01052, section 2";

    /// <inheritdoc/>
    public IReadOnlyList<int> Accepted(IPromiseTests tests, double delta)
    {
        ArgumentNullException.ThrowIfNull(tests);
        int[] starts = [.. Enumerable.Range(0, Starts).Select(start => tests.Count * start / Starts).Distinct()];
        return
        [
            .. starts.SelectMany(start => Enumerable.Range(start, tests.Count - start)
                .TakeWhile(plan => tests.PValue(plan) <= delta / starts.Length)).Distinct(),
        ];
    }
}

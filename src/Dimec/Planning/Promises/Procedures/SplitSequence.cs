namespace Dimec.Planning.Promises.Procedures;

/// <summary>
/// One half of the samples says in which order the plans are tested, the likeliest to keep the promise first, and the other half tests them
/// so: for where the selection part is unlike what is served. It pays for that with half of the samples.
/// </summary>
public sealed class SplitSequence : IPromiseProcedure
{
    /// <inheritdoc/>
    public string Name => "split-sequence";

    /// <inheritdoc/>
    public string Source => "Angelopoulos et al. 2021, arXiv 2110.01052, appendix";

    /// <inheritdoc/>
    public IReadOnlyList<int> Accepted(IPromiseTests tests, double delta)
    {
        ArgumentNullException.ThrowIfNull(tests);
        var (order, test) = tests.Halves();
        return
        [
            .. Enumerable.Range(0, tests.Count)
                .OrderBy(order.PValue)
                .TakeWhile(plan => test.PValue(plan) <= delta),
        ];
    }
}

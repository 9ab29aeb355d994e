namespace Dimec.Planning.Promises.Procedures;

/// <summary>
/// Every plan is tested, the smallest p-value at δ / K, the next at δ / (K − 1) and so on until one is above: no order is needed, and every
/// further plan has its price.
/// </summary>
public sealed class Holm : IPromiseProcedure
{
    /// <inheritdoc/>
    public string Name => "bonferroni-holm";

    /// <inheritdoc/>
    public string Source => "Holm 1979";

    /// <inheritdoc/>
    public IReadOnlyList<int> Accepted(IPromiseTests tests, double delta)
    {
        ArgumentNullException.ThrowIfNull(tests);
        return
        [
            .. Enumerable.Range(0, tests.Count)
                .Select(plan => (Plan: plan, P: tests.PValue(plan)))
                .OrderBy(test => test.P)
                .Index()
                .TakeWhile(test => test.Item.P <= delta / (tests.Count - test.Index))
                .Select(test => test.Item.Plan),
        ];
    }
}

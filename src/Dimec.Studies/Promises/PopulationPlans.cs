using Dimec.Statistics.Bounds;

namespace Dimec.Studies.Promises;

/// <summary>
/// What the plans of a chain lose and save over a whole population. Most samples lose nothing by any plan, so that a redraw only counts
/// those that do.
/// </summary>
internal sealed class PopulationPlans
{
    private readonly (int[] Plus, int[] Minus)[] _plans;
    private readonly double[] _losses;
    private readonly double[] _saved;
    private readonly bool _isSigned;

    /// <param name="population">The number of samples.</param>
    /// <param name="losses">By plan, the dearest first, and by sample, −1, 0 or 1.</param>
    /// <param name="saved">By plan, what it saves.</param>
    /// <param name="isSigned">Whether a loss may be −1.</param>
    public PopulationPlans(int population, IEnumerable<IReadOnlyList<sbyte>> losses, double[] saved, bool isSigned)
    {
        _plans = [.. losses.Select(plan => (Places(plan, 1), Places(plan, -1)))];
        _losses = [.. _plans.Select(plan => (plan.Plus.Length - plan.Minus.Length) / (double)population)];
        (_saved, _isSigned) = (saved, isSigned);
    }

    /// <summary>The number of plans.</summary>
    public int Count => _plans.Length;

    /// <summary>By plan, the mean loss.</summary>
    public IReadOnlyList<double> Losses => _losses;

    /// <summary>By plan, what it saves.</summary>
    public IReadOnlyList<double> Saved => _saved;

    /// <summary>The plans' losses among drawn samples: by plan, of the first half and of the second.</summary>
    public (LossTally[] First, LossTally[] Second) On(DrawnSamples drawn)
    {
        var (first, second) = (new LossTally[Count], new LossTally[Count]);
        var half = drawn.N / 2;
        for (var plan = 0; plan < Count; plan++)
        {
            var (plus, minus) = _plans[plan];
            first[plan] = Tally(half, Sum(plus, drawn.First), Sum(minus, drawn.First));
            second[plan] = Tally(drawn.N - half, Sum(plus, drawn.Second), Sum(minus, drawn.Second));
        }

        return (first, second);
    }

    private static int[] Places(IReadOnlyList<sbyte> losses, int loss) =>
        [.. Enumerable.Range(0, losses.Count).Where(sample => losses[sample] == loss)];

    private static int Sum(int[] places, int[] counts)
    {
        var sum = 0;
        foreach (var place in places)
            sum += counts[place];
        return sum;
    }

    private LossTally Tally(int n, int plus, int minus) => _isSigned ? LossTally.Signed(n, plus, minus) : LossTally.Of(n, plus);
}

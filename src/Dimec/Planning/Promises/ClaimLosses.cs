using Dimec.Statistics.Bounds;

namespace Dimec.Planning.Promises;

/// <summary>The losses of one plan by one claim on the samples of a part.</summary>
internal sealed class ClaimLosses
{
    /// <summary>The group of samples that are in none but the group of all.</summary>
    public const int NoGroup = -1;

    private readonly PromiseClaim _claim;
    private readonly sbyte[] _losses;
    private readonly int[]? _groups;
    private readonly int _groupCount;

    /// <param name="claim">The claim.</param>
    /// <param name="losses">By sample, −1, 0 or 1.</param>
    /// <param name="groups">By sample its group from 0 or <see cref="NoGroup"/>, where the claim is of groups as well; else null.</param>
    public ClaimLosses(PromiseClaim claim, sbyte[] losses, int[]? groups)
    {
        (_claim, _losses, _groups) = (claim, losses, groups);
        _groupCount = groups is null ? 0 : 1 + groups.DefaultIfEmpty(NoGroup).Max();
    }

    /// <summary>By sample, the loss.</summary>
    public IReadOnlyList<sbyte> Values => _losses;

    /// <summary>The losses of some samples.</summary>
    /// <param name="samples">Their places; one may come several times. Null for all.</param>
    public LossTally Tally(int[]? samples) => Tallies(samples)[0];

    /// <summary>
    /// The p-value of "the claim is broken": the largest of all samples together and of each group that there is, since a claim of several
    /// groups is shown once each is.
    /// </summary>
    public double PValue(int[]? samples)
    {
        var worst = 0.0;
        foreach (var tally in Tallies(samples))
        {
            if (tally.N > 0)
                worst = Math.Max(worst, _claim.Bound.PValue(tally, _claim.Limit));
        }

        return worst;
    }

    /// <summary>The largest quotient of a mean loss, of all samples or of a group, and the limit.</summary>
    public double Risk => Tallies(samples: null).Max(tally => tally.Mean) / _claim.Limit;

    /// <summary>The group that is shown least, as <see cref="PValue"/> has it.</summary>
    public LossTally Worst(int[]? samples) =>
        Tallies(samples).Where(tally => tally.N > 0).MaxBy(tally => _claim.Bound.PValue(tally, _claim.Limit));

    private LossTally[] Tallies(int[]? samples)
    {
        Span<int> counts = stackalloc int[3 * (_groupCount + 1)];
        var n = samples?.Length ?? _losses.Length;
        for (var i = 0; i < n; i++)
        {
            var sample = samples is null ? i : samples[i];
            var loss = _losses[sample];
            if (loss != 0)
                counts[loss > 0 ? 1 : 2]++;
            if (_groups is null || _groups[sample] == NoGroup)
                continue;
            var group = 3 * (_groups[sample] + 1);
            counts[group]++;
            if (loss != 0)
                counts[group + (loss > 0 ? 1 : 2)]++;
        }

        counts[0] = n;
        var tallies = new LossTally[_groupCount + 1];
        for (var group = 0; group < tallies.Length; group++)
        {
            var (count, plus, minus) = (counts[3 * group], counts[(3 * group) + 1], counts[(3 * group) + 2]);
            tallies[group] = _claim.Loss == PromiseLoss.Paired ? LossTally.Signed(count, plus, minus) : LossTally.Of(count, plus);
        }

        return tallies;
    }
}

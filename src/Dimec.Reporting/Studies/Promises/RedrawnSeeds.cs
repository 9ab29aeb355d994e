using Dimec.Studies.Promises;

namespace Dimec.Reporting.Studies;

/// <summary>The redraws of several seeds put together.</summary>
/// <param name="seeds">At least one; of the same settings.</param>
/// <param name="chains">Those of each seed's chains that are looked at.</param>
internal sealed class RedrawnSeeds(IReadOnlyList<PromiseRedraws> seeds, Func<PromiseRedraws, IReadOnlyList<RedrawnChain>> chains)
{
    /// <summary>How many numbers of samples there are, by their places: the calibration part's own first.</summary>
    public int Sizes { get; } = seeds.Min(seed => seed.Samples.Count);

    /// <summary>Policies and losses for which any seed has plans, in the order of tables.</summary>
    public IReadOnlyList<(string Policy, string Loss)> Keys { get; } =
        [.. seeds.SelectMany(chains).Where(chain => chain.Plans > 0).Select(chain => (chain.Policy, chain.Loss)).Distinct()];

    /// <summary>A number of samples as headings have it; several where seeds differ.</summary>
    public string Size(int place) => "n = " + string.Join(
        " … ", new[] { seeds.Min(seed => seed.Samples[place]), seeds.Max(seed => seed.Samples[place]) }.Distinct()
            .Select(n => Formatting.Count(n)));

    /// <summary>The chains of a policy and a loss, one a seed that has plans for it.</summary>
    public IReadOnlyList<RedrawnChain> Chains((string Policy, string Loss) key) =>
        [.. seeds.SelectMany(chains).Where(chain => chain.Plans > 0 && (chain.Policy, chain.Loss) == key)];

    /// <summary>What a procedure and a bound came to over the seeds.</summary>
    public RedrawCount Count((string Policy, string Loss) key, string procedure, string bound, int place)
    {
        var counts = seeds.SelectMany(seed => chains(seed).Where(chain => chain.Plans > 0 && (chain.Policy, chain.Loss) == key)
            .SelectMany(chain => chain.Counts)
            .Where(count => count.Procedure == procedure && count.Bound == bound && count.Samples == seed.Samples[place]));
        return RedrawCount.Sum([.. counts]);
    }

    /// <summary>The procedures and bounds by which a loss was tested.</summary>
    public IReadOnlyList<(string Procedure, string Bound)> Ways(string loss) =>
        [.. seeds.SelectMany(chains).First(chain => chain.Loss == loss).Counts
            .Select(count => (count.Procedure, count.Bound)).Distinct()];
}

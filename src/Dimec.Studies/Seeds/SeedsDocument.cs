using Dimec.Costs;
using Dimec.Evaluation;
using Dimec.Studies.Measures;

namespace Dimec.Studies.Seeds;

/// <summary>Every policy over several seeds of one task at one set of depths.</summary>
/// <param name="Part">The reported part.</param>
/// <param name="Samples">Its number of samples.</param>
/// <param name="Seeds">The number of seeds.</param>
/// <param name="Costs">The costs.</param>
/// <param name="MaxDrop">The drop that plans were allowed on the selection part, a fraction.</param>
/// <param name="Policies">A row a policy, in the order of tables.</param>
public sealed record SeedsDocument(
    string Part, int Samples, int Seeds, CostStructure Costs, double MaxDrop, IReadOnlyList<SeedsRow> Policies)
{
    /// <summary>Puts the seeds of a task together.</summary>
    /// <param name="seeds">A seed each, at least one: the same task at the same costs, reported on the same samples.</param>
    /// <param name="maxDrop">The drop that plans were allowed on the selection part, a fraction.</param>
    /// <param name="options">The draws and the seed of the bootstrap.</param>
    /// <exception cref="InputException">The seeds were reported on other samples or at other costs.</exception>
    public static SeedsDocument Of(IReadOnlyList<RunMeasures> seeds, double maxDrop, EvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(seeds);
        ArgumentNullException.ThrowIfNull(options);
        if (seeds.Count == 0)
            throw new ArgumentException("There is no seed.", nameof(seeds));
        Check(seeds);
        return new SeedsTable(seeds, maxDrop, options).Make();
    }

    private static void Check(IReadOnlyList<RunMeasures> seeds)
    {
        var (first, errors) = (seeds[0], new InputErrors());
        foreach (var (seed, place) in seeds.Select((seed, place) => (seed, place)).Skip(1))
        {
            if (seed.SamplesHash != first.SamplesHash)
            {
                errors.Add(
                    $"seed {place + 1} of {seeds.Count}", "was reported on other samples than the first",
                    "report all seeds on the same part");
            }

            if (!seed.Costs.Tiers.SequenceEqual(first.Costs.Tiers) || seed.Costs.Unit != first.Costs.Unit)
            {
                errors.Add(
                    $"seed {place + 1} of {seeds.Count}", "was measured at other costs than the first",
                    "measure all seeds at the same costs");
            }
        }

        errors.ThrowIfAny();
    }
}

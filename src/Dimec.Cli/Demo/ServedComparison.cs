using Dimec.Costs;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Predictions;

namespace Dimec.Cli.Demo;

/// <summary>Holds what three processes answered against what the exported models say offline, sample by sample.</summary>
/// <param name="Samples">How many were compared.</param>
/// <param name="Differences">Samples whose tier or label differ.</param>
internal sealed record ServedComparison(int Samples, IReadOnlyList<ServedComparison.Difference> Differences)
{
    /// <summary>Two classes closer than this in probability may swap for the order in which a batch was summed.</summary>
    public const double NearTie = 1e-4;

    /// <summary>Whether all differences are near-ties.</summary>
    public bool IsEqual => Differences.All(difference => difference.IsNearTie);

    /// <summary>Compares.</summary>
    public static ServedComparison Of(Plan plan, RecordedExits offline, IReadOnlyList<ServedAnswer> served)
    {
        var run = PolicyRunner.Run(plan.CreatePolicy(), offline, plan.Costs);
        var differences = new List<Difference>();
        for (var i = 0; i < served.Count; i++)
        {
            var tier = plan.Costs.Tiers[run.Tiers[i]].Name;
            if (tier == served[i].Tier && run.Labels[i] == served[i].Label)
                continue;
            differences.Add(new Difference(
                served[i].Guid, served[i].Tier, tier, served[i].Label, run.Labels[i],
                tier == served[i].Tier ? Margin(offline, plan.Costs, run.Tiers[i], i) : double.PositiveInfinity));
        }

        return new ServedComparison(served.Count, differences);
    }

    /// <summary>How far apart the two likeliest classes are.</summary>
    private static double Margin(RecordedExits offline, CostStructure costs, int tier, int sample)
    {
        var exit = offline.Exits.ToList().IndexOf(costs.Tiers[tier].Depth);
        var probabilities = new float[offline.Classes];
        Softmax.Probabilities(offline.Logits(sample, exit), probabilities);
        Array.Sort(probabilities);
        return probabilities[^1] - probabilities[^2];
    }

    /// <summary>A sample on which the two disagree.</summary>
    internal sealed record Difference(string Guid, string ServedTier, string OfflineTier, int ServedLabel, int OfflineLabel, double Margin)
    {
        /// <summary>The same tier answered, and its two likeliest classes are too close to tell apart.</summary>
        public bool IsNearTie => Margin < NearTie;
    }
}

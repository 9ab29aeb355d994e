namespace Dimec.Evaluation.Tallies;

/// <summary>
/// The tally of SplitEE (Bajpai, Trivedi, Yadav, Hanawal 2023, arXiv 2309.09195) as its published code has it: a sample that is split at
/// layer i costs λ for that layer and so much of λ for each layer before it, and o where it is offloaded. What the cloud computes is not
/// charged, and the sample goes on there as if it had not to start over. The reward is C_i − λ·i, or C_L − o − λ·i where it is offloaded.
/// </summary>
/// <param name="Name">The published policy's name.</param>
/// <param name="Passed">What a layer before the split costs, as a share of λ: 0.8 where its classifier is not asked, 1 where it is.</param>
/// <param name="AsksAll">Whether the classifiers of all layers up to the split are asked, so that the bandit
/// learns of these arms too.</param>
public sealed record SplitTally(string Name, double Passed, bool AsksAll)
{
    /// <summary>λ, what a layer costs, in units of confidence.</summary>
    public const double Layer = 0.1;

    /// <summary>The published tallies.</summary>
    public static IReadOnlyList<SplitTally> All { get; } = [new("SplitEE", 0.8, AsksAll: false), new("SplitEE-S", 1, AsksAll: true)];

    /// <summary>o, what offloading costs: the published range, 0.1 … 0.6.</summary>
    public static IReadOnlyList<double> Offloads { get; } = [.. Enumerable.Range(1, 6).Select(i => i / 10.0)];

    /// <summary>What a sample costs that is split at a layer and not offloaded: λ · (passed · (i − 1) + 1).</summary>
    /// <param name="layer">i, from 1.</param>
    public double Cost(int layer) => Layer * ((Passed * (layer - 1)) + 1);
}

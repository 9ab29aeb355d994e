using System.Globalization;
using Dimec.Policies;
using Dimec.Policies.Fitting;
using Dimec.Pools;
using Dimec.Predictions;

namespace Dimec.Studies.Ablations;

/// <summary>
/// Every open choice of the method that planning makes (method sections 3 to 6), in the order of tables. A new one is one entry here.
/// </summary>
public static class PlanSwitches
{
    /// <summary>The switches.</summary>
    public static IReadOnlyList<PlanSwitch> All { get; } =
    [
        new("--exit", "Which exit's probabilities feed μ and σ", Exits),
        PlanSwitch.Of<HardRule>("--hard", "Which samples are hard: low μ, or low μ and low σ", (setting, value) =>
            setting with { Options = setting.Options with { Hard = value } }),
        PlanSwitch.Of<RewardKind>("--reward", "What the reward of α and β rewards", (setting, value) =>
            setting with { Options = setting.Options with { Reward = value } }),
        PlanSwitch.Of<SelectionRouting>("--routing", "How selection samples are routed in the search", (setting, value) =>
            setting with { Options = setting.Options with { Routing = value } }),
        PlanSwitch.Of<EmbeddingNormalization>("--normalization", "What is done to e(x) before distances are taken", (setting, value) =>
            setting with { Options = setting.Options with { Embedding = value } }),
        PlanSwitch.Of<EmbeddingKind>(
            "--embedding", "What e(x) is made of: after or before the LayerNorm, or each token's norm",
            (setting, value) => setting with { Embedding = value }),
        PlanSwitch.OnOff(
            "--no-temperatures", "Whether confidences are compared as they are, without a temperature for each exit",
            (setting, on) => setting with { Options = setting.Options with { FitTemperatures = !on } }),
        PlanSwitch.OnOff("--include-ci", "Whether σ is widened by its uncertainty over few epochs", (setting, on) =>
            Cartography(setting, setting.Metrics.Options with { IncludeCi = on })),
        new("--burn-out", "How many of the first epochs make the pools", Epochs),
        PlanSwitch.OnOff("--no-stack", "Whether a ladder's exits are taken each as it is", (setting, on) =>
            setting with { Options = setting.Options with { Stack = !on } }).For(PolicyList.Ladder),
        PlanSwitch.Of<ResumeRoute>("--resume", "How a tier goes on from another's hidden state", (setting, value) =>
            setting with { Options = setting.Options with { Resume = value } }).For(PolicyList.Ladder),
        PlanSwitch.Of<ScoreKind>("--score", "What a ladder's thresholds cut", (setting, value) =>
            setting with { Options = setting.Options with { Score = value } }).For(PolicyList.Ladder),
        PlanSwitch.Of<ThresholdSearch>("--thresholds", "How a ladder's thresholds are searched", (setting, value) =>
            setting with { Options = setting.Options with { Thresholds = value } }).For(PolicyList.Ladder),
        PlanSwitch.Of<EntryKind>("--entry", "What a hybrid's first choice looks at", (setting, value) =>
            setting with { Options = setting.Options with { Entry = value } }).For(PolicyList.Hybrid),
    ];

    /// <summary>The last tier's exit first, which is the default, then those of the others, deepest first, and each tier's own.</summary>
    private static IEnumerable<SwitchChoice> Exits(SwitchScope scope) =>
    [
        .. scope.Costs.Tiers.Select(tier => tier.Depth).Reverse().Select(depth =>
            new SwitchChoice(depth.ToString(CultureInfo.InvariantCulture), setting =>
                setting with { Metrics = setting.Metrics with { Exit = depth, IsOwn = false } })),
        new("own", setting => setting with { Metrics = setting.Metrics with { Exit = null, IsOwn = true } }),
    ];

    /// <summary>All epochs, or the first half of them, of which an odd number has the larger one.</summary>
    private static IEnumerable<SwitchChoice> Epochs(SwitchScope scope)
    {
        int?[] kept = scope.Epochs > 1 ? [null, (scope.Epochs + 1) / 2] : [null];
        return kept.Select(epochs => new SwitchChoice(
            epochs?.ToString(CultureInfo.InvariantCulture) ?? "all",
            setting => Cartography(setting, setting.Metrics.Options with { BurnOut = epochs })));
    }

    private static PlanSetting Cartography(PlanSetting setting, Cartography.CartographyOptions options) =>
        setting with { Metrics = setting.Metrics with { Options = options } };
}

using Dimec.Exits.Stacking;
using Dimec.Policies.Fitting;

namespace Dimec.Policies.Ladder;

/// <summary>The cloud stacked on exit 0: the better of the two references (method section 9), at the cloud's cost.</summary>
internal sealed class StackedCloudFitter() : FixedLadderFitter(LadderFactory.StackedCloud, PolicyKind.SingleTier)
{
    public override string Source => "Reference: the cloud's exit combined with exit 0 (method section 9).";

    public override InputError? Lack(PolicyFitting fitting) => base.Lack(fitting) ?? (fitting.Options.Stack ? null : new InputError(
        OptionNames.Of<FittingOptions>(nameof(FittingOptions.Stack)), $"is off, and '{Policy.Name}' is stacked", "leave it on"));

    public override IReadOnlyList<LadderParameters> Fit(PolicyFitting fitting) =>
        Lack(fitting) is null ? [Parameters(fitting)] : [];

    /// <summary>The stacked cloud of a selection part.</summary>
    /// <param name="fitting">What a fit may look at; exit 0 is recorded.</param>
    public static LadderParameters Parameters(PolicyFitting fitting) => fitting.Memory.GetOrAdd(
        (nameof(StackedCloudFitter), fitting.Selection, fitting.Costs.Tiers.Count, fitting.Costs.Tiers[^1].Depth),
        () => new LadderParameters(
        [
            ExitZero(LadderFactory.Never),
            Cloud(fitting.Costs, ExitStacker.Fit(fitting.Selection, [0, fitting.Costs.Tiers[^1].Depth])),
        ]));
}

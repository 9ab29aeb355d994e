using Dimec.Costs;
using Dimec.Policies.Codecs;
using Dimec.Policies.Fitting;
using Dimec.Predictions;

namespace Dimec.Policies.Dimee;

/// <summary>Fits <see cref="DimeePolicy"/>: α at the quantiles of tier 0's confidence, and above every confidence.</summary>
internal sealed class DimeeFitter() : PolicyFitter<DimeeParameters>(new DimeeFactory())
{
    public override string Source =>
        "Confidence check, then pool membership at the exit layer: Bajpai, Hanawal 2024 (DIMEE, arXiv 2410.05338).";

    public override bool IsBlindToCosts => true;

    public override InputError? Lack(PolicyFitting fitting)
    {
        var layer = fitting.Costs.Tiers[0].Depth;
        var fix = $"train with {OptionNames.Of(TrainingOption.States)} {layer}, "
            + "which a finished run takes as well, or plan another policy";
        if (fitting.TrainExits?.Exits is not { } train)
        {
            return new InputError(
                "policy",
                $"'{Policy.Name}' makes its pools of the training samples as the exits see them, "
                + $"and predictions/{PartNames.Train}.jsonl is absent", fix);
        }

        foreach (var part in (RecordedExits[])[fitting.Selection, train])
        {
            if (!part.StateLayers.Contains(layer))
            {
                return new InputError(
                    $"predictions/{part.Part}.jsonl", $"carries no states of exit {layer}, by which '{Policy.Name}' names a tier", fix);
            }
        }

        if (train.StateSize != fitting.Selection.StateSize)
        {
            return new InputError(
                $"predictions/{train.Part}.jsonl",
                $"has states of {train.StateSize} numbers where "
                + $"predictions/{fitting.Selection.Part}.jsonl has {fitting.Selection.StateSize}",
                "record both with the same model");
        }

        return fitting.Costs.Tiers.FirstOrDefault(tier => train.IndexOfExit(tier.Depth) < 0) is { } unseen
            ? new InputError(
                $"predictions/{train.Part}.jsonl",
                $"has no exit at layer {unseen.Depth}, by which '{Policy.Name}' makes the pool of {unseen.Name}",
                "record the same exits in every part")
            : null;
    }

    public override IReadOnlyList<DimeeParameters> Fit(PolicyFitting fitting) =>
        Lack(fitting) is null ? [.. new DimeePools(fitting, fitting.TrainExits!.Exits).Candidates()] : [];

    public override IEnumerable<string> Notes(DimeeParameters parameters, CostStructure costs) =>
        DroppedTiers.Notes(parameters.Centroids, costs);
}

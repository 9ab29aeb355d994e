using Dimec.Policies.Fitting;

namespace Dimec.Policies.Patience;

/// <summary>Fits <see cref="PatiencePolicy"/>: every patience that there can be.</summary>
internal sealed class PatienceFitter() : PolicyFitter<PatienceParameters>(new PatienceFactory())
{
    public override string Source => "Patience, the same class in so many exits in a row: Zhou et al. 2020 (PABEE, arXiv 2006.04152).";

    public override bool IsBlindToCosts => true;

    public override InputError? Lack(PolicyFitting fitting)
    {
        var part = fitting.Selection;
        var layers = fitting.Costs.Tiers[^1].Depth;
        return Enumerable.Range(1, layers).All(part.Exits.Contains) ? null : new InputError(
            $"predictions/{part.Part}.jsonl",
            $"has exits {string.Join(", ", part.Exits)}, where '{Policy.Name}' asks for one at each layer",
            $"train with {OptionNames.Of(TrainingOption.Exits)} "
            + $"{string.Join(",", Enumerable.Range(1, layers))}, or plan another policy");
    }

    public override IReadOnlyList<PatienceParameters> Fit(PolicyFitting fitting)
    {
        if (Lack(fitting) is not null)
            return [];
        int[] exits = [.. Enumerable.Range(1, fitting.Costs.Tiers[^1].Depth)];
        return [.. Enumerable.Range(1, exits.Length - 1).Select(patience => new PatienceParameters(patience, exits))];
    }
}

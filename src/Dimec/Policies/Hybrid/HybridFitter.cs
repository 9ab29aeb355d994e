using System.Globalization;
using Dimec.Policies.Fitting;

namespace Dimec.Policies.Hybrid;

/// <summary>Fits <see cref="HybridPolicy"/>: P(right) by regression, price, path, route and thresholds searched together.</summary>
internal sealed class HybridFitter() : SearchFitter<HybridParameters>(new HybridFactory())
{
    public override string Source => "Before a layer runs, the first stop by expected reward; then a ladder (method section 9).";

    public override InputError? Lack(PolicyFitting fitting) => fitting switch
    {
        { Selection: { HasExitZero: false } selection } => new(
            $"predictions/{selection.Part}.jsonl", $"has no exit 0, which '{Policy.Name}' asks for", "record it with every sample"),
        { Options.Entry: EntryKind.Map, Training: null } => new(
            OptionNames.Of<FittingOptions>(nameof(FittingOptions.Entry)),
            $"is {ChoiceNames.Of(EntryKind.Map)}, and the training samples' metrics and embeddings are absent",
            $"map the run and give its embeddings, or use {ChoiceNames.Of(EntryKind.ExitZero)}"),
        { Options.Entry: EntryKind.Map, Selection: { EmbeddingSize: 0 } selection } => new(
            $"predictions/{selection.Part}.jsonl", $"carries no embeddings, which '{Policy.Name}' looks at",
            $"record \"embedding\" with every sample, or use {ChoiceNames.Of(EntryKind.ExitZero)}"),
        _ => null,
    };

    public override IReadOnlyList<FittedCandidate> Candidates(PolicyFitting fitting) =>
        Lack(fitting) is null ? new HybridSearch(fitting).Front() : [];

    public override IEnumerable<string> SearchNotes(PolicyFitting fitting)
    {
        if (HybridSearch.Layers(fitting) is var layers && layers.Count < fitting.Selection.Exits.Count(exit => exit <= layers[^1]))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The hybrid's stops were searched among the exits {string.Join(", ", layers)} of "
                + $"{fitting.Selection.Exits.Count}: others may be better.");
        }
    }
}

using Dimec.Predictions;

namespace Dimec.Cli.Runs;

/// <summary>Whether the part that is reported was recorded with the model that the choices were made on, and holds none of the samples that they were made on.</summary>
internal static class PartFit
{
    private const string Fix = "record both parts with the same model";

    /// <param name="chosenOn">The part that choices are made on.</param>
    /// <param name="reported">The part that is reported.</param>
    /// <param name="routes">Whether a policy routes by the embeddings.</param>
    /// <exception cref="InputException">Classes or embeddings differ, or samples are shared; a tier without a recorded exit shows when the part is evaluated.</exception>
    public static void Check(RecordedExits chosenOn, RecordedExits reported, bool routes)
    {
        var errors = new InputErrors();
        var (file, other) = (FileOf(reported), FileOf(chosenOn));
        if (reported.Classes != chosenOn.Classes)
            errors.Add(file, $"has {reported.Classes} classes where {other} has {chosenOn.Classes}", Fix);
        if (routes && reported.EmbeddingSize != chosenOn.EmbeddingSize)
            errors.Add(file, $"has {Embeddings(reported)} where {other} has {Embeddings(chosenOn)}", Fix);
        var chosen = chosenOn.Guids.ToHashSet();
        string[] shared = [.. reported.Guids.Where(chosen.Contains)];
        if (shared.Length > 0)
            errors.Add(file, $"has {shared.Length} of its {reported.Count} guids from {other} as well, on which choices are made (the first is '{shared[0]}')", "take the shared samples out of one part; where only the names are the same, give every sample of the run a guid of its own");
        errors.ThrowIfAny();
    }

    private static string FileOf(RecordedExits part) => $"predictions/{part.Part}.jsonl";

    private static string Embeddings(RecordedExits part) => part.EmbeddingSize == 0 ? "no embeddings" : $"embeddings of {part.EmbeddingSize} numbers";
}

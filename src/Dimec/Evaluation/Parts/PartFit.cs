using Dimec.Planning;
using Dimec.Predictions;

namespace Dimec.Evaluation.Parts;

/// <summary>
/// A part may be reported where it was recorded with the model that choices were made on, and holds none of the
/// samples that they were made on.
/// </summary>
public static class PartFit
{
    private const string Fix = "record both parts with the same model";

    /// <summary>Checks a part before plans of a request are reported on it.</summary>
    /// <param name="request">What is planned from; where it has training samples with embeddings, plans may route by these.</param>
    /// <param name="reported">The part that is reported.</param>
    /// <exception cref="InputException">As for parts.</exception>
    public static void Check(PlanRequest request, RecordedExits reported)
    {
        ArgumentNullException.ThrowIfNull(request);
        var chosenOn = request.Selection.Exits;
        Check(chosenOn, reported, routes: request.Training is not null && chosenOn.EmbeddingSize > 0);
    }

    /// <summary>Checks a part before it is reported.</summary>
    /// <param name="chosenOn">The part that choices are made on.</param>
    /// <param name="reported">The part that is reported.</param>
    /// <param name="routes">Whether a policy routes by the embeddings.</param>
    /// <exception cref="InputException">Classes or embeddings differ, or samples are shared;
    /// a tier without a recorded exit shows when the part is evaluated.</exception>
    public static void Check(RecordedExits chosenOn, RecordedExits reported, bool routes)
    {
        ArgumentNullException.ThrowIfNull(chosenOn);
        ArgumentNullException.ThrowIfNull(reported);
        var errors = new InputErrors();
        var (file, other) = (FileOf(reported), FileOf(chosenOn));
        if (reported.Classes != chosenOn.Classes)
            errors.Add(file, $"has {reported.Classes} classes where {other} has {chosenOn.Classes}", Fix);
        if (reported.HasExitZero != chosenOn.HasExitZero)
        {
            var (with, without) = reported.HasExitZero ? (file, other) : (other, file);
            errors.Add(without, $"has no exit 0 where {with} has one", "record it with every part, or with none");
        }

        if (routes && reported.EmbeddingSize != chosenOn.EmbeddingSize)
            errors.Add(file, $"has {Embeddings(reported)} where {other} has {Embeddings(chosenOn)}", Fix);
        string[] shared = [.. Shared(chosenOn, reported)];
        if (shared.Length > 0)
        {
            errors.Add(
                file,
                $"has {shared.Length} of its {reported.Count} samples from {other} as well, "
                + $"on which choices are made (the first is '{shared[0]}')",
                "take the shared samples out of one part");
        }

        errors.ThrowIfAny();
    }

    /// <summary>
    /// Samples of one name and the same logits: trainings of other makers number each part from 0, and those are other samples.
    /// </summary>
    private static IEnumerable<string> Shared(RecordedExits chosenOn, RecordedExits reported)
    {
        var places = new Dictionary<string, int>(chosenOn.Count, StringComparer.Ordinal);
        for (var i = 0; i < chosenOn.Count; i++)
            places[chosenOn.Guids[i]] = i;
        for (var i = 0; i < reported.Count; i++)
        {
            if (places.TryGetValue(reported.Guids[i], out var place) && SameLogits(chosenOn, place, reported, i))
                yield return reported.Guids[i];
        }
    }

    private static bool SameLogits(RecordedExits one, int sample, RecordedExits other, int otherSample)
    {
        if (!one.Exits.SequenceEqual(other.Exits))
            return false;
        for (var exit = 0; exit < one.Exits.Count; exit++)
        {
            if (!one.Logits(sample, exit).SequenceEqual(other.Logits(otherSample, exit)))
                return false;
        }

        return true;
    }

    private static string FileOf(RecordedExits part) => $"predictions/{part.Part}.jsonl";

    private static string Embeddings(RecordedExits part) =>
        part.EmbeddingSize == 0 ? "no embeddings" : $"embeddings of {part.EmbeddingSize} numbers";
}

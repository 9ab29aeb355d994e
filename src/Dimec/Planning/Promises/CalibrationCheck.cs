using System.Runtime.InteropServices;
using Dimec.Predictions;

namespace Dimec.Planning.Promises;

/// <summary>
/// Whether a calibration part is of the model that is planned for, and of other samples than those that plans are chosen on: the same are
/// those of the same guid and the same logits. Guids alone tell nothing, since parts of foreign trainings count from 0 each, nor do logits
/// alone: a text may well come twice in what is served.
/// </summary>
internal static class CalibrationCheck
{
    /// <summary>As large a share of texts that come again would be worth a word in any case.</summary>
    private const double Many = 0.1;

    /// <summary>Of a part in which less differs, equal logits tell nothing.</summary>
    private const double Distinct = 0.9;

    /// <exception cref="InputException">The part has other exits or classes than the selection part, or samples of it or of the training
    /// part.</exception>
    public static void Refuse(CalibrationPart part, PlanRequest request)
    {
        var (calibration, file, errors) = (part.Exits, part.File, new InputErrors());
        var selection = request.Selection.Exits;
        if (!calibration.Exits.SequenceEqual(selection.Exits) || calibration.Classes != selection.Classes)
        {
            errors.Add(
                file,
                $"has {calibration.Classes} classes at the exits {string.Join(", ", calibration.Exits)} where the selection part has "
                + $"{selection.Classes} at {string.Join(", ", selection.Exits)}",
                "record both by the same model");
        }

        if (selection.HasExitZero && !calibration.HasExitZero)
        {
            errors.Add(
                file, "has no exit 0, which the selection part has",
                "record it with every sample, or plan without it");
        }

        Check(calibration, file, selection, errors);
        if (request.TrainExits?.Exits is { } train)
            Check(calibration, file, train, errors);
        errors.ThrowIfAny();
    }

    /// <summary>
    /// A sentence where many of the samples say at every exit exactly what samples do that had a say in the plans, under other guids:
    /// texts that come again, which is as it should be, or a copy, which is not; null where few do.
    /// </summary>
    public static string? Repeats(CalibrationPart part, PlanRequest request)
    {
        foreach (var other in (RecordedExits?[])[request.Selection.Exits, request.TrainExits?.Exits])
        {
            if (other is null || !part.Exits.Exits.SequenceEqual(other.Exits) || part.Exits.Classes != other.Classes)
                continue;
            var known = Enumerable.Range(0, other.Count).Select(sample => Said(other, sample)).ToHashSet(StringComparer.Ordinal);
            var repeated = Enumerable.Range(0, part.Exits.Count).Count(sample => known.Contains(Said(part.Exits, sample)));
            if (known.Count >= Distinct * other.Count && repeated >= Many * part.Exits.Count)
            {
                return $"{repeated} of the {part.Exits.Count} samples of {part.File} say at every exit exactly what samples of the part "
                    + $"'{other.Part}' do, under other guids: unless as many texts come again in what is served, these test nothing.";
            }
        }

        return null;
    }

    private static string Said(RecordedExits part, int sample) => string.Concat(Enumerable.Range(0, part.Exits.Count)
        .Select(exit => Convert.ToHexString(MemoryMarshal.AsBytes(part.Logits(sample, exit)))));

    private static void Check(RecordedExits calibration, string file, RecordedExits other, InputErrors errors)
    {
        if (!calibration.Exits.SequenceEqual(other.Exits) || calibration.Classes != other.Classes)
            return;
        var places = other.Guids.Index().ToDictionary(guid => guid.Item, guid => guid.Index);
        string[] both = [.. calibration.Guids.Where((guid, sample) =>
            places.TryGetValue(guid, out var place) && IsSame(calibration, sample, other, place))];
        if (both.Length > 0)
        {
            errors.Add(
                file,
                $"has {both.Length} samples of the part '{other.Part}', '{both[0]}' the first, which had a say in the plans",
                "test a promise on samples that nothing was chosen on");
        }
    }

    private static bool IsSame(RecordedExits part, int sample, RecordedExits other, int place) => Enumerable.Range(0, part.Exits.Count)
        .All(exit => part.Logits(sample, exit).SequenceEqual(other.Logits(place, exit)));
}

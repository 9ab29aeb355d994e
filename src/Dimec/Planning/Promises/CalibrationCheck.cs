using Dimec.Predictions;

namespace Dimec.Planning.Promises;

/// <summary>
/// Whether a calibration part is of the model that is planned for, and of other samples than those that plans are chosen on: the same are
/// those of the same guid and the same logits. Guids alone tell nothing, since parts of foreign trainings count from 0 each, nor do logits
/// alone: a text may well come twice in what is served.
/// </summary>
internal static class CalibrationCheck
{
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

using System.Globalization;
using Dimec.Predictions;

namespace Dimec.Evaluation.Parts;

/// <summary>
/// What a part's figures must not be taken for: a run's parts have their uses, and only what was put to none of them is unseen.
/// </summary>
public static class PartNotes
{
    /// <summary>A note is made of every evaluation, so it takes more than the usual one in twenty.</summary>
    private const double Level = 0.01;

    /// <summary>What is to be said of a part, one sentence each.</summary>
    /// <param name="part">The part's name.</param>
    public static IReadOnlyList<string> Of(string part) => part switch
    {
        PartNames.Train => ["The model was trained on the samples of train: their answers are memorised in part, "
            + "so accuracies, drops and intervals say nothing of texts that it has not seen. Report dev."],
        PartNames.Selection =>
            ["Policies and temperatures are chosen on the samples of selection: "
                + "figures on them flatter what was chosen, intervals included. Report dev."],
        PartNames.Calibration =>
            ["Promises are tested on the samples of calibration, and by default they are split off the training data: "
                + "figures on them are no independent check of a promise, nor of texts unlike the training data. Report dev."],
        _ => [],
    };

    /// <summary>
    /// Whether a part is unlike the selection part, told without a look at labels (<see cref="EnergyDistanceTest"/>, p at most 0.01).
    /// </summary>
    /// <param name="selection">The part that choices were made on.</param>
    /// <param name="reported">The part that is reported.</param>
    /// <param name="shift">How far they are apart (<see cref="EnergyDistanceTest.Find"/>); null where they cannot be compared.</param>
    /// <returns>A sentence; null where they are not told apart, or cannot be compared.</returns>
    public static string? OfShift(SelectionPart selection, RecordedExits reported, EnergyDistanceTest? shift)
    {
        ArgumentNullException.ThrowIfNull(selection);
        ArgumentNullException.ThrowIfNull(reported);
        return shift is null or { PValue: > Level }
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"The samples of {reported.Part} are unlike those of {selection.Exits.Part} (energy distance {shift.Coefficient:0.000}, "
                + $"p = {shift.PValue:0.000}, told without labels): what a plan kept there need not hold here.");
    }
}

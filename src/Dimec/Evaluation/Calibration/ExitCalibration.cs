using Dimec.Policies.Ladder;
using Dimec.Predictions;

namespace Dimec.Evaluation.Calibration;

/// <summary>
/// An exit's calibration on a part: as it was trained, with the temperature and with the weights that were fitted on the selection part.
/// </summary>
/// <param name="Exit">The layer that carries the exit.</param>
/// <param name="Temperature">The temperature.</param>
/// <param name="Before">At temperature 1.</param>
/// <param name="After">At the fitted temperature.</param>
public sealed record ExitCalibration(int Exit, double Temperature, ReliabilityCurve Before, ReliabilityCurve After)
{
    /// <summary>Combined with exit 0 (method section 9), fitted on the selection part; null where exit 0 was not recorded.</summary>
    public ReliabilityCurve? Stacked { get; init; }

    /// <summary>The accuracy of the exit combined with exit 0; null where exit 0 was not recorded.</summary>
    public double? StackedAccuracy { get; init; }

    /// <summary>Measures every exit of a part.</summary>
    /// <param name="part">The part to report on.</param>
    /// <param name="selection">The part that the temperatures are fitted on; it must have the same exits.</param>
    /// <exception cref="InputException">The two parts have other exits.</exception>
    public static IReadOnlyList<ExitCalibration> Measure(RecordedExits part, SelectionPart selection)
    {
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(selection);
        if (!part.Exits.SequenceEqual(selection.Exits.Exits))
        {
            throw new InputException(
                $"predictions/{part.Part}.jsonl",
                $"has exits {string.Join(", ", part.Exits)} where the selection part has {string.Join(", ", selection.Exits.Exits)}",
                "record both parts with one model");
        }

        return [.. part.Exits.Select((exit, index) =>
        {
            var temperature = Predictions.Temperature.Fit(selection.Exits, index);
            var stacked = part.HasExitZero && selection.Exits.HasExitZero
                ? StackedAnswers.OnExitZero(selection.Exits, part, exit)
                : null;
            return new ExitCalibration(exit, temperature, ReliabilityCurve.Of(part, index), ReliabilityCurve.Of(part, index, temperature))
            {
                Stacked = stacked is null ? null : ReliabilityCurve.Of(part, stacked),
                StackedAccuracy = stacked is null ? null : Right(stacked) / (double)part.Count,
            };
        })];

        int Right(ExitAnswer[] answers) => answers.Index().Count(answer => answer.Item.Label == part.Gold[answer.Index]);
    }
}

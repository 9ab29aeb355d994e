using Dimec.Predictions;

namespace Dimec.Evaluation.Calibration;

/// <summary>An exit's calibration on a part, as it was trained and with the temperature that was fitted on the selection part.</summary>
/// <param name="Exit">The layer that carries the exit.</param>
/// <param name="Temperature">The temperature.</param>
/// <param name="Before">At temperature 1.</param>
/// <param name="After">At the fitted temperature.</param>
public sealed record ExitCalibration(int Exit, double Temperature, ReliabilityCurve Before, ReliabilityCurve After)
{
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
            return new ExitCalibration(exit, temperature, ReliabilityCurve.Of(part, index), ReliabilityCurve.Of(part, index, temperature));
        })];
    }
}

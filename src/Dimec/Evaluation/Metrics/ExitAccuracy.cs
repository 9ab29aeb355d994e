using Dimec.Predictions;
using Dimec.Statistics;

namespace Dimec.Evaluation.Metrics;

/// <summary>What an exit gets right of a part; samples whose true class is unknown are left out.</summary>
/// <param name="Exit">The layer that carries the exit.</param>
/// <param name="Right">How many samples it gets right.</param>
/// <param name="Count">Of how many.</param>
public sealed record ExitAccuracy(int Exit, int Right, int Count)
{
    /// <summary>The share of right answers, 0 … 1; NaN where no true class is known.</summary>
    public double Share => Right / (double)Count;

    /// <summary>Its 95 % interval (Clopper–Pearson).</summary>
    public Interval Interval => Binomial.ClopperPearson(Right, Count, 0.95);

    /// <summary>Reads an exit.</summary>
    /// <param name="part">The recorded exits.</param>
    /// <param name="exitIndex">The exit's place in <see cref="RecordedExits.Exits"/>, from 0.</param>
    public static ExitAccuracy Of(RecordedExits part, int exitIndex)
    {
        ArgumentNullException.ThrowIfNull(part);
        return new ExitAccuracy(part.Exits[exitIndex], part.Right(exitIndex).Count(right => right), part.Gold.Count(label => label >= 0));
    }

    /// <summary>Reads every exit, in order; none where no sample's true class is known.</summary>
    /// <param name="part">The recorded exits.</param>
    public static IReadOnlyList<ExitAccuracy> OfAll(RecordedExits part)
    {
        ArgumentNullException.ThrowIfNull(part);
        return part.Gold.Any(label => label >= 0) ? [.. part.Exits.Select((_, index) => Of(part, index))] : [];
    }
}

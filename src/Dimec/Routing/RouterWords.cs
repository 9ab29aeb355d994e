using System.Globalization;

namespace Dimec.Routing;

/// <summary>Routes in words.</summary>
internal static class RouterWords
{
    /// <summary>A route, e.g. <c>small, large from 0.42 on</c>.</summary>
    public static string Of(ScoreRoute route, IReadOnlyList<string> tiers) => string.Join(", ", route.Tiers.Select((tier, place) =>
        place == 0
            ? tiers[tier]
            : tiers[tier] + (route.Higher == ScoreDirection.Strong ? $" from {Score(route, place)} on" : $" up to {Score(route, place)}")));

    private static string Score(ScoreRoute route, int place) => route.Thresholds[place - 1].ToString("G4", CultureInfo.InvariantCulture);
}

namespace Dimec.Evaluation.Routers;

/// <summary>
/// RouteLLM's measures of a router between a weak and a strong tier (Ong et al. 2024, arXiv 2406.18665), here the first and the last. With
/// PGR = (accuracy − weak) / (strong − weak), the performance gap recovered: the smallest share of samples that has to leave the weak tier
/// to recover 20, 50 and 80 % of the gap (CPT), and APGR, the area under PGR over that share from 0 to 1. Where there are tiers between
/// the two, a sample that one of these answers has left the weak tier as well, and is no call of the strong one.
/// </summary>
/// <param name="Cpt20">The share for 20 % of the gap; null where no point of the sweep gets there.</param>
/// <param name="Cpt50">The share for 50 %.</param>
/// <param name="Cpt80">The share for 80 %.</param>
/// <param name="Apgr">APGR; 0.5 for a random router.</param>
public sealed record CallPerformance(double? Cpt20, double? Cpt50, double? Cpt80, double Apgr)
{
    /// <summary>
    /// Measures a sweep. Between its points the curve is straight; it begins with the weak tier alone and ends with the strong one.
    /// </summary>
    /// <param name="sweep">The points, in any order. Of several at one share the most accurate counts.</param>
    /// <param name="weak">The accuracy of the weak tier alone.</param>
    /// <param name="strong">The accuracy of the strong tier alone.</param>
    /// <returns>The measures, or null where the strong tier is no better than the weak one: there is no gap.</returns>
    public static CallPerformance? Of(IEnumerable<CallPoint> sweep, double weak, double strong)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        if (!(strong > weak))
            return null;
        (double PassedOn, double Recovered)[] curve = [.. sweep
            .Where(point => point.PassedOn is > 0 and < 1)
            .Append(new CallPoint(0, weak))
            .Append(new CallPoint(1, strong))
            .GroupBy(point => point.PassedOn, (passedOn, points) =>
                (passedOn, (points.Max(point => point.Accuracy) - weak) / (strong - weak)))
            .OrderBy(point => point.passedOn)];
        return Of(curve);
    }

    /// <summary>Measures a curve from (0, 0) to (1, 1) whose points lie in ascending order of the share.</summary>
    internal static CallPerformance Of(ReadOnlySpan<(double PassedOn, double Recovered)> curve)
    {
        var area = 0.0;
        for (var i = 1; i < curve.Length; i++)
        {
            var (from, to) = (curve[i - 1], curve[i]);
            area += (to.PassedOn - from.PassedOn) * (from.Recovered + to.Recovered) / 2;
        }

        return new CallPerformance(Reach(curve, 0.2), Reach(curve, 0.5), Reach(curve, 0.8), area);
    }

    private static double? Reach(ReadOnlySpan<(double PassedOn, double Recovered)> curve, double wanted)
    {
        for (var i = 1; i < curve.Length; i++)
        {
            var (from, to) = (curve[i - 1], curve[i]);
            if (to.Recovered >= wanted)
                return from.PassedOn + ((to.PassedOn - from.PassedOn) * (wanted - from.Recovered) / (to.Recovered - from.Recovered));
        }

        return null;
    }
}

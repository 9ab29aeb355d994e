namespace Dimec.Evaluation.Routers;

/// <summary>
/// The area under a cost–accuracy frontier: the best accuracy that a budget buys, averaged over the budgets from the cheapest tier alone
/// to the dearest. At each budget the policy may be mixed at random from two of its points, so the frontier is the upper concave
/// envelope of the sweep and of the cheapest tier alone.
/// </summary>
public static class FrontierArea
{
    /// <summary>Measures a sweep.</summary>
    /// <param name="points">The mean cost of a sample and the accuracy of each point; at least one at or below the lower budget.</param>
    /// <param name="from">The lowest budget.</param>
    /// <param name="to">The highest budget, above the lowest.</param>
    /// <returns>The mean accuracy over the budgets, 0 … 1; NaN where no point is affordable at the lowest budget.</returns>
    public static double Of(IEnumerable<(double Cost, double Accuracy)> points, double from, double to)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(to, from);
        var hull = Envelope(points);
        if (hull.Count == 0 || hull[0].Cost > from)
            return double.NaN;
        double[] corners = [from, .. hull.Select(point => point.Cost).Where(cost => cost > from && cost < to), to];
        return corners.Zip(corners.Skip(1), (a, b) => (b - a) * (At(hull, a) + At(hull, b)) / 2).Sum() / (to - from);
    }

    /// <summary>The upper concave envelope, in ascending cost and accuracy.</summary>
    private static List<(double Cost, double Accuracy)> Envelope(IEnumerable<(double Cost, double Accuracy)> points)
    {
        var hull = new List<(double Cost, double Accuracy)>();
        foreach (var point in points.OrderBy(point => point.Cost).ThenByDescending(point => point.Accuracy))
        {
            if (hull.Count > 0 && point.Accuracy <= hull[^1].Accuracy)
                continue;
            while (hull.Count > 1 && Slope(hull[^2], point) >= Slope(hull[^2], hull[^1]))
                hull.RemoveAt(hull.Count - 1);
            hull.Add(point);
        }

        return hull;
    }

    private static double Slope((double Cost, double Accuracy) a, (double Cost, double Accuracy) b) =>
        (b.Accuracy - a.Accuracy) / (b.Cost - a.Cost);

    private static double At(List<(double Cost, double Accuracy)> hull, double cost)
    {
        var next = hull.FindIndex(point => point.Cost > cost);
        if (next < 0)
            return hull[^1].Accuracy;
        var (a, b) = (hull[next - 1], hull[next]);
        return a.Accuracy + (Slope(a, b) * (cost - a.Cost));
    }
}

namespace Dimec.Reporting.Tests.Made;

/// <summary>A made frontier with the proportions of a real one.</summary>
internal static class MadeFrontier
{
    public static Frontier Of(string name = "default")
    {
        var pools = Enumerable.Range(0, 12)
            .Select(i => Point($"μ_c = {0.01 * i:0.00}", (0.065 * i) + 0.02, -0.003 + (0.00003 * i * i * i)))
            .ToArray();
        var cascade = Enumerable.Range(0, 10)
            .Select(i => Point($"threshold {0.95 - (0.05 * i):0.00}", -0.15 + (0.09 * i), -0.001 + (0.0005 * i * i)))
            .ToArray();
        return new Frontier
        {
            Name = name,
            Unit = "layers",
            Part = "dev",
            Count = 872,
            Series =
            [
                new("pools", FrontierKind.Sweep, pools),
                new("cascade", FrontierKind.Sweep, cascade),
                new(
                    "single tiers", FrontierKind.SingleTier,
                    [Point("mobile", 0.778, 0.041), Point("edge", 0.444, -0.001), Point("cloud", 0, 0)]),
                new("random", FrontierKind.Baseline, [Point("random", 0.47, 0.011)]),
                new("oracle", FrontierKind.UpperBound, [Point("oracle", 0.72, -0.062)]),
            ],
            Chosen = Point("pools", 0.517, 0.0011),
        };
    }

    public static PlottedPoint Point(string label, double reduction, double drop) =>
        new(label, 9 * (1 - reduction), reduction, 0.87 - drop, drop, drop - 0.006 - Math.Abs(drop / 4), drop + 0.007 + Math.Abs(drop / 4));
}

namespace Dimec.Exits.Bench;

/// <summary>What one way to answer gains over another on the same samples, in points of accuracy, with its 95 % interval.</summary>
internal readonly record struct PairedGain(double Before, double After, double Half)
{
    public double Points => After - Before;

    public static PairedGain Of(bool[] before, bool[] after)
    {
        double[] changes = [.. before.Zip(after, (one, other) => 100.0 * other.CompareTo(one))];
        var mean = changes.Average();
        var variance = changes.Sum(change => (change - mean) * (change - mean)) / Math.Max(1, changes.Length - 1);
        return new PairedGain(Share(before), Share(after), 1.96 * Math.Sqrt(variance / changes.Length));
    }

    public override string ToString() => $"{Before:0.0} to {After:0.0} ({Points:+0.0;−0.0;0.0} ± {Half:0.0})";

    private static double Share(bool[] right) => 100.0 * right.Count(isRight => isRight) / right.Length;
}

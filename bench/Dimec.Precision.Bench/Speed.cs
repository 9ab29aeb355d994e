using Dimec.Inference;
using Dimec.Text;

namespace Dimec.Precision.Bench;

/// <summary>
/// How much of the processor's time a tier's model takes in two precisions, side by side: what else the machine does does not count, and
/// what it does to caches meets both.
/// </summary>
/// <param name="Before">Milliseconds a text in the first, the median of the batches.</param>
/// <param name="After">In the second.</param>
internal sealed record Speed(double Before, double After)
{
    /// <summary>How many times as fast the second is.</summary>
    public double Ratio => Before / After;

    /// <summary>Runs texts in batches, each in both precisions, turn about which comes first.</summary>
    public static Speed Of(TierModel before, TierModel after, IReadOnlyList<TokenizedText[]> batches)
    {
        var (first, second) = (new List<double>(), new List<double>());
        foreach (var (place, batch) in batches.Index())
        {
            // Each shape once, before it is measured: memory is found, code is compiled.
            before.Run(batch);
            after.Run(batch);
            var isTurned = place % 2 == 1;
            var one = Milliseconds(isTurned ? after : before, batch);
            var other = Milliseconds(isTurned ? before : after, batch);
            first.Add((isTurned ? other : one) / batch.Length);
            second.Add((isTurned ? one : other) / batch.Length);
        }

        return new Speed(Median(first), Median(second));
    }

    private static double Milliseconds(TierModel model, TokenizedText[] batch)
    {
        const int Times = 3;
        var least = double.PositiveInfinity;
        for (var i = 0; i < Times; i++)
        {
            var began = Environment.CpuUsage.TotalTime;
            model.Run(batch);
            least = Math.Min(least, (Environment.CpuUsage.TotalTime - began).TotalMilliseconds);
        }

        return least;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}

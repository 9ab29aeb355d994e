using Dimec.Costs.Measured;

namespace Dimec.Costs.Bench;

/// <summary>A measurement as it would be of a slower phone over another link.</summary>
/// <param name="measured">What was measured.</param>
/// <param name="hash">Of its file.</param>
internal sealed class Elsewhere(Measurement measured, string hash)
{
    private const int BitsAByte = 8;

    private readonly CostStructure _ms = new CostConversion(measured, hash).Milliseconds();
    private readonly CostStructure _bytes = new CostConversion(measured, hash).Bytes();

    /// <summary>The costs in milliseconds.</summary>
    /// <param name="kilobits">The phone's link, kbit/s, the same both ways.</param>
    /// <param name="slower">How many times as long the phone takes as the machine that was measured.</param>
    /// <param name="roundTrips">What the networks to the second tier, to the third and so on add there and back, in milliseconds.</param>
    public CostStructure At(double kilobits, double slower, IReadOnlyList<double> roundTrips)
    {
        var tiers = _ms.Tiers.Select((tier, t) => t == 0
            ? tier with { Layer = tier.Layer * slower, Call = tier.Call * slower, ExitZero = tier.ExitZero * slower }
            : tier with
            {
                Offload = tier.Offload + roundTrips[t - 1] + Over(_bytes.Tiers[t].Offload),
                HiddenState = tier.HiddenState + roundTrips[t - 1] + Over(_bytes.Tiers[t].HiddenState!.Value),
            });
        // What tiers send on does not pass the phone's link, and their own networks are as fast as they were.
        var links = _ms.Links.Select(link => link with
        {
            Offload = link.Offload + Math.Max(0, roundTrips[_ms.IndexOf(link.To) - 1] - roundTrips[_ms.IndexOf(link.From) - 1]),
        });
        return new CostStructure("ms", [.. tiers], [.. links]);

        double Over(double bytes) => BitsAByte * bytes / kilobits;
    }
}

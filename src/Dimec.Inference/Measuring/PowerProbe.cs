using Dimec.Costs.Measured;

namespace Dimec.Inference.Measuring;

/// <summary>What the machine draws while the first tier runs, above what it draws at rest.</summary>
internal static class PowerProbe
{
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_work = TimeSpan.FromSeconds(2);

    /// <summary>Rests, works, and reads the meter.</summary>
    /// <returns>Null where the meter tells nothing, or nothing more while the tier works than at rest.</returns>
    public static async Task<MeasuredPower?> OfAsync(
        IEnergyMeter meter, MeasureRound round, TimeProvider time, CancellationToken cancellationToken)
    {
        var rest = await WattsAsync(meter, time, () => Task.Delay(s_rest, time, cancellationToken)).ConfigureAwait(false);
        var work = await WattsAsync(meter, time, async () =>
        {
            var began = time.GetTimestamp();
            while (time.GetElapsedTime(began) < s_work)
                await round.RunFirstAsync(cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return work - rest is > 0 and var watts ? new MeasuredPower(watts, meter.Source) : null;
    }

    private static async Task<double?> WattsAsync(IEnergyMeter meter, TimeProvider time, Func<Task> act)
    {
        var (before, began) = (meter.ReadJoules(), time.GetTimestamp());
        await act().ConfigureAwait(false);
        return (meter.ReadJoules() - before) / time.GetElapsedTime(began).TotalSeconds;
    }
}

namespace Dimec.Training.Precisions;

/// <summary>Measures for about a second how fast bf16 is.</summary>
internal static class PrecisionMeter
{
    private const int LeastRounds = 3;

    /// <summary>A pair of steps is to fit into the second several times, whatever the encoder.</summary>
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(60);

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(1);

    /// <summary>How many times as fast as fp32 bf16 is.</summary>
    /// <param name="step">Makes a step of so many samples.</param>
    /// <param name="batch">Samples of a training's batch, the most that are measured with.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Stops it.</param>
    public static double Bf16Speed(Action<Precision, int> step, int batch, TimeProvider time, CancellationToken stop)
    {
        var began = time.GetTimestamp();
        // The first step of a kind prepares its kernels.
        step(Precision.Fp32, 1);
        var samples = (int)Math.Clamp(s_step / Time(Precision.Fp32, 1), 1, batch);
        step(Precision.Fp32, samples);
        step(Precision.Bf16, samples);
        var (fp32, bf16) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        // In turn, so that whatever else the machine does meets both; the fastest of each is what that disturbed least.
        for (var round = 0; round < LeastRounds || time.GetElapsedTime(began) < s_limit; round++)
        {
            stop.ThrowIfCancellationRequested();
            fp32 = Least(fp32, Time(Precision.Fp32, samples));
            bf16 = Least(bf16, Time(Precision.Bf16, samples));
        }

        return fp32 / bf16;

        TimeSpan Time(Precision precision, int count)
        {
            var start = time.GetTimestamp();
            step(precision, count);
            return Least(TimeSpan.MaxValue, time.GetElapsedTime(start));
        }

        // At least a tick, which is divided by.
        static TimeSpan Least(TimeSpan one, TimeSpan other) => TimeSpan.FromTicks(Math.Max(1, Math.Min(one.Ticks, other.Ticks)));
    }
}

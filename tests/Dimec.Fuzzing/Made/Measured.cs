using Dimec.Costs.Measured;
using Dimec.Statistics;

namespace Dimec.Fuzzing.Made;

/// <summary>A measurement of round numbers.</summary>
internal static class Measured
{
    public static Measurement Create() => new()
    {
        Date = new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero),
        Machine = "a made machine",
        Bundle = "b0",
        Buckets = [new MeasuredBucket(10, 0.5), new MeasuredBucket(20, 0.5)],
        HiddenStates = PayloadKind.Fp32,
        Tokenizing = Value(0.5),
        ExitZero = Value(0.25),
        Tiers =
        [
            new MeasuredTier("mobile", 2) { Runs = [new(0, 2, 10, 1, Value(2), 0, 0), new(0, 2, 20, 1, Value(4), 0, 0)] },
            new MeasuredTier("cloud", 6)
            {
                Address = "grpc://cloud:8001", Connect = Value(3), RoundTrip = Value(3.5),
                Runs = [new(0, 6, 10, 1, Value(16), 110, 60), new(0, 6, 20, 1, Value(18), 110, 60), new(2, 6, 20, 1, Value(12), 1000, 60)],
                Payloads = [new(PayloadKind.Ids, 10, 1, Value(4), 130), new(PayloadKind.Fp32, 10, 1, Value(7), 1010)],
            },
        ],
    };

    private static MeasuredValue Value(double median) => new(median, new Interval(median * 0.9, median * 1.1), 9);
}

using Dimec.Costs.Measured;
using Dimec.Statistics;

namespace Dimec.Tests.Costs.Measured;

/// <summary>A measurement of round numbers, whose costs can be worked out by hand.</summary>
internal static class MadeMeasurement
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
            new MeasuredTier("mobile", 2) { Runs = Runs(0, 2, 4, 10, 0, 0) },
            new MeasuredTier("edge", 4)
            {
                Address = "grpc://edge:8001", Connect = Value(1), RoundTrip = Value(1.5), Runs = Runs(0, 4, 10, 23, 100, 50),
                Payloads = [.. Payloads(PayloadKind.Ids, 2, 3, 120, 400), .. Payloads(PayloadKind.Fp32, 5, 8, 1000, 3800)],
            },
            new MeasuredTier("cloud", 6)
            {
                Address = "grpc://cloud:8001", Connect = Value(3), RoundTrip = Value(3.5),
                Runs = [.. Runs(0, 6, 16, 35, 110, 60), .. Runs(4, 6, 11.5, 20, 1000, 60)],
                Payloads = [.. Payloads(PayloadKind.Ids, 4, 5, 130, 420), .. Payloads(PayloadKind.Fp32, 7, 10, 1010, 3850)],
            },
        ],
    };

    public static MeasuredValue Value(double median) => new(median, new Interval(median * 0.9, median * 1.1), 9);

    /// <summary>At 10 tokens less by a millisecond than at 20, so that the mean of both buckets is what is named.</summary>
    private static IReadOnlyList<MeasuredRun> Runs(int from, int to, double alone, double four, long sent, long received) =>
    [
        new(from, to, 10, 1, Value(alone - 0.5), sent, received), new(from, to, 20, 1, Value(alone + 0.5), sent, received),
        new(from, to, 10, 4, Value(four - 0.5), sent, received), new(from, to, 20, 4, Value(four + 0.5), sent, received),
    ];

    private static IReadOnlyList<MeasuredPayload> Payloads(PayloadKind kind, double alone, double four, long sent, long ofFour) =>
    [
        new(kind, 10, 1, Value(alone), sent), new(kind, 20, 1, Value(alone), sent),
        new(kind, 10, 4, Value(four), ofFour), new(kind, 20, 4, Value(four), ofFour),
    ];
}

using System.Globalization;
using Dimec.Costs.Measured;
using Dimec.Files;
using Dimec.Planning;
using Dimec.Pools;
using Dimec.Runs.Plans;

namespace Dimec.Costs.Bench;

/// <summary>
/// Where a resume beats starting over, and where exit 0 alone is all that a phone should run: of a measurement and a run.
/// </summary>
internal static class Program
{
    private static readonly double[] s_kilobits = [100, 300, 1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000];
    private static readonly double[] s_slower = [0.3, 1, 3, 10, 30, 100];

    public static int Main(string[] arguments)
    {
        if (arguments.Length < 3)
        {
            Console.Error.WriteLine("MEASURED.json RUN OUT.png [round trip to each tier after the first, ms]");
            return 2;
        }

        Measurement measured;
        using (var file = InputFile.OpenRead(arguments[0]))
            measured = Measurement.Read(file, arguments[0]);
        double[] roundTrips = arguments.Length > 3
            ? [.. arguments[3..].Select(text => double.Parse(text, CultureInfo.InvariantCulture))]
            : [.. measured.Tiers.Skip(1).Select((_, t) => 10.0 * (t + 1))];
        WriteBytes(measured);
        WriteBreakEven(measured, FileHash.Of(arguments[0]));

        var elsewhere = new Elsewhere(measured, FileHash.Of(arguments[0]));
        var request = PlanInputs.ReadFor(
            "ladder", arguments[1], null,
            _ => new PlanChoices(new PlanningOptions { MaxDrop = 0.005 }.ForManyPlans(), new MetricsChoice()));
        var ways = new Ways[s_kilobits.Length, s_slower.Length];
        var saved = new double[s_kilobits.Length, s_slower.Length];
        Parallel.For(0, s_kilobits.Length * s_slower.Length, place =>
        {
            var (column, row) = (place / s_slower.Length, place % s_slower.Length);
            var costs = elsewhere.At(s_kilobits[column], s_slower[row], roundTrips);
            var outcome = new Planner(request with { Costs = costs }).Plan("ladder");
            (ways[column, row], saved[column, row]) = outcome is PlanOutcome.Planned planned
                ? (WaysOfPlans.Of(planned.Plan.Works), planned.Plan.Expected.Reduction)
                : (Ways.None, 0);
        });
        for (var row = s_slower.Length - 1; row >= 0; row--)
        {
            for (var column = 0; column < s_kilobits.Length; column++)
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"phone {s_slower[row]} x, {s_kilobits[column]} kbit/s: {ways[column, row]}, {saved[column, row]:0%} saved"));
            }
        }

        var trips = string.Join(" and ", roundTrips.Select(trip => trip.ToString(CultureInfo.InvariantCulture)));
        MapPicture.Write(
            arguments[2], $"What the cheapest ladder in milliseconds does, round trips of {trips} ms (in the fields: saved)",
            s_kilobits, s_slower, ways, saved);
        return 0;
    }

    private static void WriteBytes(Measurement measured)
    {
        foreach (var tier in measured.Tiers.Skip(1))
        {
            foreach (var bucket in measured.Buckets)
            {
                Console.WriteLine(
                    $"to {tier.Name}, {bucket.Tokens} tokens, bytes: "
                    + string.Join(", ", tier.Payloads
                        .Where(payload => (payload.Tokens, payload.Rows) == (bucket.Tokens, 1))
                        .Select(payload => $"{ChoiceNames.Of(payload.Kind)} {payload.Sent}")));
            }
        }
    }

    /// <summary>
    /// A tier that goes on from hidden states saves the phone's layers and waits for more bytes: both take as long where the link carries
    /// the difference in the time of these layers.
    /// </summary>
    private static void WriteBreakEven(Measurement measured, string hash)
    {
        foreach (var kind in (PayloadKind[])[PayloadKind.Fp32, PayloadKind.Fp16, PayloadKind.Int8])
        {
            var ms = new CostConversion(measured with { HiddenStates = kind }, hash).Milliseconds();
            var bytes = new CostConversion(measured with { HiddenStates = kind }, hash).Bytes();
            foreach (var (t, tier) in ms.Tiers.Index().Skip(1))
            {
                var won = (tier.Layer * ms.Tiers[0].Depth) + tier.Offload - tier.HiddenState!.Value;
                var more = bytes.Tiers[t].HiddenState!.Value - bytes.Tiers[t].Offload;
                var from = won > 0 ? 8 * more / won / 1000 : double.PositiveInfinity;
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{tier.Name}, {ChoiceNames.Of(kind)}: {won:0.00} ms won, {more:0} bytes more: resume wins above {from:0.0} Mbit/s"));
            }
        }
    }
}

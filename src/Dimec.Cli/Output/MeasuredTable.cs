using System.Globalization;
using Dimec.Costs;
using Dimec.Costs.Measured;
using Dimec.Inference.Measuring;
using Dimec.Reporting;

namespace Dimec.Cli.Output;

/// <summary>What was measured, on the screen: a table a unit.</summary>
internal static class MeasuredTable
{
    /// <summary>Writes the times and the bytes of a measurement.</summary>
    public static void Write(ToolConsole console, Measurement measurement)
    {
        var (load, most) = (MeasuredLoad.Of(measurement), measurement.Rows[^1]);
        var lengths = string.Join(", ", measurement.Buckets.Select(bucket => Formatting.Count(bucket.Tokens)));
        var times = FigureTable.Of(
            $"ms a sample of {lengths} tokens", "connect", "nothing asked", "ids brought", "alone [95 %]", $"in {Formatting.Count(most)}");
        var batched = load with { Rows = most };
        foreach (var tier in measurement.Tiers)
        {
            times.Add(
                tier.Name, Of(tier.Connect?.Median), Of(tier.RoundTrip?.Median), Of(Brought(tier, PayloadKind.Ids, measurement)),
                $"{Of(Mean(tier, load, value => value.Median))} [{Of(Mean(tier, load, value => value.Interval.Lower))}, "
                + $"{Of(Mean(tier, load, value => value.Interval.Upper))}]",
                Of(Mean(tier, batched, value => value.Median)));
        }

        console.Tables.Write(times);
        var bytes = FigureTable.Of(
            ["bytes a sample, alone", .. Enum.GetValues<PayloadKind>().Select(ChoiceNames.Of), "answer"]);
        foreach (var tier in measurement.Tiers.Skip(1))
        {
            bytes.Add(
            [
                $"to {tier.Name}", .. Enum.GetValues<PayloadKind>().Select(kind => Of(Bytes(tier, kind, measurement))),
                Of(measurement.Buckets.Sum(bucket => bucket.Share * Alone(tier, bucket).Received)),
            ]);
        }

        console.Tables.Write(bytes);
    }

    /// <summary>Writes what a sample costs.</summary>
    public static void Write(ToolConsole console, CostStructure costs)
    {
        var origin = costs.Origin!;
        var batch = origin.Rows == 1 ? "alone" : $"in batches of {Formatting.Count(origin.Rows)}";
        var table = FigureTable.Of(
            $"{costs.Unit} a sample, {batch}", "layers", "a layer", "a call", "the text", "the states", "wholly there");
        foreach (var (t, tier) in costs.Tiers.Index())
        {
            table.Add(
                tier.Name, Formatting.Count(tier.Depth), Of(tier.Layer), Of(tier.Call), Of(tier.Offload), Of(tier.HiddenState),
                Of(costs.Of(t)));
        }

        console.Tables.Write(table);
        if (costs.Tiers[0].ExitZero > 0)
            console.WriteLine($"Exit 0 costs {Formatting.Cost(costs.Tiers[0].ExitZero, costs.Unit)} a sample.");
        foreach (var assumption in origin.Assumed)
            console.WriteNote($"Assumed: {assumption}.");
    }

    /// <summary>Writes what was predicted and observed.</summary>
    public static void Write(ToolConsole console, IReadOnlyList<CheckedCost> found)
    {
        foreach (var unit in found.GroupBy(row => row.Unit))
        {
            var table = FigureTable.Of($"{unit.Key} a sample", "predicted", "observed", "off by", "pace", "off at it");
            foreach (var row in unit)
            {
                table.Add(
                    row.What, Of(row.Predicted), Of(row.Observed), Percent(row.Error), Formatting.Number(row.Pace, 2),
                    Percent(row.ErrorAtPace));
            }

            console.Tables.Write(table);
        }

        if (found.Max(row => row.Otherwise) is > 0 and var otherwise)
        {
            console.WriteNote(string.Create(CultureInfo.InvariantCulture, $"{otherwise} of the samples ran otherwise than the plan ")
                + "has it, so that what is observed of it is not its cost: a tier that was started without --forward cannot send hidden "
                + "states on, and the client begins anew.");
        }
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:+0.0;-0.0;0.0} %");

    private static string Of(double? value) => value is { } known ? Formatting.Cost(known, "") : "–";

    private static double Mean(MeasuredTier tier, MeasuredLoad load, Func<MeasuredValue, double> value) =>
        load.Buckets.Sum(bucket => bucket.Share * value(Run(tier, bucket, load.Rows).Ms)) / load.Rows;

    private static MeasuredRun Alone(MeasuredTier tier, MeasuredBucket bucket) => Run(tier, bucket, rows: 1);

    private static MeasuredRun Run(MeasuredTier tier, MeasuredBucket bucket, int rows) => tier.Runs.First(run =>
        (run.From, run.To, run.Tokens, run.Rows) == (0, tier.Depth, bucket.Tokens, rows));

    private static double? Brought(MeasuredTier tier, PayloadKind kind, Measurement measurement) =>
        Of(measurement, bucket => Payload(tier, kind, bucket)?.Ms?.Median);

    private static double? Bytes(MeasuredTier tier, PayloadKind kind, Measurement measurement) =>
        Of(measurement, bucket => Payload(tier, kind, bucket)?.Sent);

    /// <summary>The mean over the lengths; null where one of them has none.</summary>
    private static double? Of(Measurement measurement, Func<MeasuredBucket, double?> value) =>
        measurement.Buckets.Aggregate((double?)0, (sum, bucket) => sum + (bucket.Share * value(bucket)));

    private static MeasuredPayload? Payload(MeasuredTier tier, PayloadKind kind, MeasuredBucket bucket) =>
        tier.Payloads.Where(payload => (payload.Kind, payload.Tokens, payload.Rows) == (kind, bucket.Tokens, 1))
            .Select(payload => (MeasuredPayload?)payload).FirstOrDefault();
}

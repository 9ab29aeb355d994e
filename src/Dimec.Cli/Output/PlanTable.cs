using Dimec.Planning;
using Dimec.Planning.Promises;
using Dimec.Pools;
using Dimec.Reporting;
using Dimec.Statistics;

namespace Dimec.Cli.Output;

/// <summary>A plan on the screen.</summary>
internal static class PlanTable
{
    /// <summary>Writes it.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="planned">The plan beside what it is compared with.</param>
    /// <param name="n">The samples of the selection part.</param>
    /// <param name="output">The plan's file.</param>
    /// <param name="depths">Whether the tiers' depths were chosen too.</param>
    public static void Write(ToolConsole console, PlanOutcome.Planned planned, int n, string output, bool depths)
    {
        var expected = planned.Plan.Expected;
        var table = FigureTable.OfPairs($"on the selection part, n = {Formatting.Count(n)}");
        table.Add("policy", planned.Plan.Policy);
        if (depths)
            table.Add("depths", string.Join(", ", planned.Plan.Costs.Tiers.Select(tier => $"{tier.Name} {tier.Depth}")));
        if (planned.Plan.Pools is { } pools)
            table.Add("pools by", Describe(pools.Metrics));
        table.Add("answered at", string.Join(
            ", ", expected.Places.Zip(
                Formatting.Shares(expected.Places.Select(place => place.Share), 1), (place, share) => $"{place.Name} {share} %")));
        table.Add("accuracy", Formatting.Percent(expected.Accuracy));
        table.Add("cost", $"{Formatting.Cost(expected.Cost, planned.Plan.Costs.Unit)} a sample");
        table.Add("saved", Formatting.Percent(expected.Reduction));
        table.Add(expected.DropInterval is null ? "drop" : "drop [95 %]", $"{Drop(expected.Drop, expected.DropInterval)} points");
        if (expected.StackedDrop is { } stacked)
            table.Add("against the stacked cloud", $"{Drop(stacked, expected.StackedDropInterval)} points");
        if (planned.Plan.Costs.IndexOf(planned.Plan.Policy) < 0)
            table.Add("saved beyond the best single tier", Gain(planned));
        if (planned.PhoneCloudGain is { } phone)
            table.Add("saved beyond phone → cloud", $"{Formatting.Percent(phone.Beyond)} of the cloud's cost");
        if (planned.Plan.Promise is { } promise)
            table.Add("saved on calibration", Formatting.Percent(1 - (promise.Cost!.Value / planned.Plan.Costs.Cloud)));
        console.Tables.Write(table);
        if (planned.Plan.Promise is { } made)
        {
            console.WriteLine(PromiseWords.Of(made, planned.Plan.Costs.Unit));
            foreach (var sentence in PromiseWords.Next(made, planned.Plan.Costs.Unit))
                console.WriteLine(sentence);
        }

        foreach (var note in planned.Plan.Notes)
            console.WriteNote(note);
        console.WriteLine($"The plan is in {output}.");
    }

    private static string Drop(double drop, Interval? interval)
    {
        var points = Formatting.Number(100 * drop, 2);
        return interval is { } ends
            ? $"{points} [{Formatting.Number(100 * ends.Lower, 2)}, {Formatting.Number(100 * ends.Upper, 2)}]"
            : points;
    }

    private static string Describe(MetricsOrigin origin)
    {
        if (origin.Options is not { } options)
            return "ready-made metrics";
        var exits = origin.IsOwn ? $"each tier's own exit ({string.Join(", ", origin.Exits)})"
            : origin.Exits is [var exit] ? $"exit {exit}"
            : "the dynamics' one exit";
        var burnOut = options.BurnOut is { } epochs ? $", the first {epochs} epochs" : "";
        return $"{exits}{burnOut}{(options.IncludeCi ? ", include-ci" : "")}";
    }

    private static string Gain(PlanOutcome.Planned planned) => planned.Gain is { } gain
        ? $"{Formatting.Percent(gain.Beyond)} of the cloud's cost ({planned.BestSingleTier} alone)"
        : "no single tier meets the drop";
}

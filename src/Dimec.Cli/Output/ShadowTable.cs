using System.Text.Json;
using Dimec.Planning.Shadow;
using Dimec.Reporting;
using Dimec.Statistics;

namespace Dimec.Cli.Output;

/// <summary>Plans that are compared on what was recorded, on the screen and as JSON.</summary>
internal static class ShadowTable
{
    /// <summary>Writes the table.</summary>
    public static void Write(ToolConsole console, ShadowComparison comparison)
    {
        var table = FigureTable.Of(
            $"n = {Formatting.Count(comparison.N)}", $"{comparison.Costs.Unit} [95 %]", "saved",
            $"not as {comparison.Reference}\n% [95 %]");
        foreach (var arm in comparison.Arms)
        {
            var ends = arm.CostInterval;
            table.Add(
                Path.GetFileName(arm.Name),
                $"{Cost(arm.Cost)} [{Cost(ends.Lower)}, {Cost(ends.Upper)}]", Formatting.Percent(arm.Saved),
                $"{Number(100 * arm.Share)} [{Ends(arm.ShareInterval)}]");
        }

        var last = comparison.Costs.Tiers[^1].Name;
        table.Add($"recording on {last}", Cost(comparison.AtTier), Saved(comparison.AtTier), "");
        table.Add("recording in the client", Cost(comparison.AtClient), Saved(comparison.AtClient), "");
        console.Tables.Write(table);

        string Saved(double cost) => Formatting.Percent(1 - (cost / comparison.Costs.Cloud));
    }

    /// <summary>Writes it into an object.</summary>
    public static void Write(Utf8JsonWriter json, ShadowComparison comparison)
    {
        json.WriteString("reference", comparison.Reference);
        json.WriteNumber("n", comparison.N);
        json.WriteString("unit", comparison.Costs.Unit);
        json.WriteStartArray("compared");
        foreach (var arm in comparison.Arms)
        {
            json.WriteStartObject();
            json.WriteString("plan", arm.Name);
            json.WriteNumber("cost", arm.Cost);
            json.WriteInterval("costInterval", arm.CostInterval);
            json.WriteNumber("saved", arm.Saved);
            json.WriteNumber("differs", arm.Differs);
            json.WriteNumber("share", arm.Share);
            json.WriteInterval("shareInterval", arm.ShareInterval);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("recording");
        json.WriteNumber("tier", comparison.AtTier);
        json.WriteNumber("client", comparison.AtClient);
        json.WriteEndObject();
    }

    private static string Cost(double cost) => Formatting.Cost(cost, "");

    private static string Number(double value) => Formatting.Number(value, 2);

    private static string Ends(Interval shares) => $"{Number(100 * shares.Lower)}, {Number(100 * shares.Upper)}";
}

using System.Text.Json;
using Dimec.Costs;
using Dimec.Evaluation;
using Dimec.Json;
using Dimec.Policies;

namespace Dimec.Studies.Ablations;

/// <summary>The JSON of <see cref="AblationTable"/>.</summary>
internal static class AblationTableJson
{
    public static AblationTable Read(Stream stream, string where)
    {
        using var document = JsonObjectReader.Parse(stream, where);
        var errors = new InputErrors();
        var json = new JsonObjectReader(document.RootElement, where, "", errors);
        json.Format(AblationTable.Format);
        var (part, n, seeds) = (json.String("part"), json.Integer("n") ?? 0, json.Integer("seeds") ?? 0);
        var costs = json.Object("costs") is { IsObject: true } inner
            ? CostStructure.Read(inner, PolicyList.Default.ReservedNames)
            : null;
        var maxDrop = json.Number("maxDrop") ?? 0;
        var rows = json.Objects("rows").Select(ReadRow).ToArray();
        json.NoOtherKeys();
        errors.ThrowIfAny();
        return new AblationTable(part, n, seeds, costs!, maxDrop, rows);
    }

    public static void Write(AblationTable table, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, JsonStyle.Indented);
        json.WriteStartObject();
        json.WriteNumber("format", AblationTable.Format);
        json.WriteString("part", table.Part);
        json.WriteNumber("n", table.N);
        json.WriteNumber("seeds", table.Seeds);
        json.WritePropertyName("costs");
        table.Costs.Write(json);
        json.WriteNumber("maxDrop", table.MaxDrop);
        json.WriteStartArray("rows");
        foreach (var row in table.Rows)
            WriteRow(json, row);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static AblationRow ReadRow(JsonObjectReader json)
    {
        var row = new AblationRow(
            json.String("switch"),
            json.String("choice"),
            json.Boolean("default"),
            json.Integer("measured") ?? 0,
            json.Integer("planned") ?? 0,
            json.Has("figures") && json.Object("figures") is { IsObject: true } figures ? ReadFigures(figures) : null,
            json.Strings("reasons"));
        json.NoOtherKeys();
        return row;
    }

    private static AblationFigures ReadFigures(JsonObjectReader json)
    {
        var figures = new AblationFigures(
            json.Number("reduction") ?? 0,
            json.Number("accuracy") ?? 0,
            json.Estimate("drop"),
            json.Estimate("reductionWorth"),
            json.Estimate("accuracyWorth"),
            json.Number("area") ?? 0,
            json.Number("areaWorth") ?? 0);
        json.NoOtherKeys();
        return figures;
    }

    private static void WriteRow(Utf8JsonWriter json, AblationRow row)
    {
        json.WriteStartObject();
        json.WriteString("switch", row.Switch);
        json.WriteString("choice", row.Choice);
        json.WriteBoolean("default", row.IsDefault);
        json.WriteNumber("measured", row.Measured);
        json.WriteNumber("planned", row.Planned);
        if (row.Figures is { } figures)
        {
            json.WriteStartObject("figures");
            json.WriteNumber("reduction", figures.Reduction);
            json.WriteNumber("accuracy", figures.Accuracy);
            json.WriteEstimate("drop", figures.Drop);
            json.WriteEstimate("reductionWorth", figures.ReductionWorth);
            json.WriteEstimate("accuracyWorth", figures.AccuracyWorth);
            json.WriteNumber("area", figures.Area);
            json.WriteNumber("areaWorth", figures.AreaWorth);
            json.WriteEndObject();
        }

        json.WriteStrings("reasons", row.Reasons);
        json.WriteEndObject();
    }
}

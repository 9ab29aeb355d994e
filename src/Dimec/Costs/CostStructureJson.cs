using System.Text.Json;
using Dimec.Json;

namespace Dimec.Costs;

/// <summary>The cost file: also the object <c>costs</c> inside plans and evaluations.</summary>
internal static class CostStructureJson
{
    private const string HiddenStateKey = "hiddenState";
    private const string CallKey = "call";
    private const string ExitZeroKey = "exitZero";
    private const string OriginKey = "measured";

    public static CostStructure Read(Stream stream, string where, IReadOnlyCollection<string> reserved)
    {
        using var document = JsonObjectReader.Parse(stream, where);
        var errors = new InputErrors();
        var costs = Read(new JsonObjectReader(document.RootElement, where, "", errors), reserved);
        errors.ThrowIfAny();
        return costs!;
    }

    /// <summary>Reads the object; null where problems were added to the reader's errors.</summary>
    public static CostStructure? Read(JsonObjectReader json, IReadOnlyCollection<string> reserved)
    {
        if (!json.IsObject)
            return null;
        var before = json.Errors.Count;
        json.Format(1);
        var unit = json.String("unit");
        var beforeTiers = json.Errors.Count;
        var tiers = json.Objects("tiers").Select(tier => ReadTier(tier, unit)).ToArray();
        var tiersAbsent = tiers.Length == 0 && json.Errors.Count > beforeTiers;
        var links = json.Objects("links", required: false).Select(link => ReadLink(link, unit)).ToArray();
        var origin = json.Has(OriginKey) && json.Object(OriginKey) is { } measured ? CostOriginJson.Read(measured) : null;
        json.NoOtherKeys();
        if (!tiersAbsent)
            new CostStructureRules(json.WhereOf, json.Errors, reserved, absentReported: true).Check(unit, tiers, links);
        return json.Errors.Count == before ? new CostStructure(unit, tiers, links) { Origin = origin } : null;
    }

    private static TierCost ReadTier(JsonObjectReader json, string unit)
    {
        var tier = new TierCost(
            json.String("name"),
            json.Integer("depth") ?? CostStructureRules.AbsentDepth,
            json.Number("layer") ?? double.NaN,
            json.Number("offload") ?? double.NaN)
        {
            HiddenState = json.Has(HiddenStateKey) ? json.Number(HiddenStateKey) : null,
            Call = json.Has(CallKey) ? json.Number(CallKey) ?? 0 : 0,
            ExitZero = json.Has(ExitZeroKey) ? json.Number(ExitZeroKey) ?? 0 : 0,
        };
        Finish(json, unit);
        return tier;
    }

    private static LinkCost ReadLink(JsonObjectReader json, string unit)
    {
        var link = new LinkCost(json.String("from"), json.String("to"), json.Number("offload") ?? double.NaN);
        Finish(json, unit);
        return link;
    }

    /// <summary>A part may repeat the unit, as measured files do, but must not have another.</summary>
    private static void Finish(JsonObjectReader json, string unit)
    {
        if (json.OptionalString("unit") is { } own && own != unit)
            json.Problem("unit", $"is '{own}' in a file whose unit is '{unit}'", "convert the costs to one unit; units cannot be mixed");
        json.NoOtherKeys();
    }

    public static void Write(CostStructure costs, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, JsonStyle.Indented);
        Write(costs, json);
    }

    public static void Write(CostStructure costs, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("format", 1);
        json.WriteString("unit", costs.Unit);
        json.WriteStartArray("tiers");
        foreach (var tier in costs.Tiers)
        {
            json.WriteStartObject();
            json.WriteString("name", tier.Name);
            json.WriteNumber("depth", tier.Depth);
            json.WriteNumber("layer", tier.Layer);
            json.WriteNumber("offload", tier.Offload);
            if (tier.HiddenState is { } hiddenState)
                json.WriteNumber(HiddenStateKey, hiddenState);
            WriteUnlessZero(CallKey, tier.Call, json);
            WriteUnlessZero(ExitZeroKey, tier.ExitZero, json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (costs.Links.Count > 0)
            WriteLinks(costs, json);
        if (costs.Origin is { } origin)
        {
            json.WritePropertyName(OriginKey);
            CostOriginJson.Write(origin, json);
        }

        json.WriteEndObject();
    }

    /// <summary>Files of costs that were set stay as they were.</summary>
    private static void WriteUnlessZero(string key, double cost, Utf8JsonWriter json)
    {
        if (cost != 0)
            json.WriteNumber(key, cost);
    }

    private static void WriteLinks(CostStructure costs, Utf8JsonWriter json)
    {
        json.WriteStartArray("links");
        foreach (var link in costs.Links)
        {
            json.WriteStartObject();
            json.WriteString("from", link.From);
            json.WriteString("to", link.To);
            json.WriteNumber("offload", link.Offload);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

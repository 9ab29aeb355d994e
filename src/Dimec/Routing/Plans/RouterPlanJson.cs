using System.Text.Json;
using Dimec.Json;
using Dimec.Planning.Promises;

namespace Dimec.Routing.Plans;

/// <summary>The JSON of <see cref="RouterPlan"/>.</summary>
internal static class RouterPlanJson
{
    public static RouterPlan Read(Stream stream, string where)
    {
        using var document = JsonObjectReader.Parse(stream, where);
        var errors = new InputErrors();
        var json = new JsonObjectReader(document.RootElement, where, "", errors);
        json.Format(RouterPlan.Format);
        if (json.String("policy") is { Length: > 0 } policy and not RouterPlan.Policy)
        {
            // Nothing else is the same then.
            throw new InputException(
                $"{where} policy", $"is '{policy}', and a table's plan is one of '{RouterPlan.Policy}'",
                "give a plan that was made from a table, or a run where a table stands");
        }

        var (tiers, costs) = ReadTiers(json);
        var route = ReadRoute(json, tiers);
        var promise = PlanPromiseJson.Read(json);
        var maxDrop = json.OptionalNumber("maxDrop");
        var expected = json.Object("expected") is { IsObject: true } row ? RouterRowJson.Read(row, RouterPlan.Policy) : null;
        var madeFrom = json.StringsByName("madeFrom");
        var notes = json.Strings("notes");
        json.NoOtherKeys();
        errors.ThrowIfAny();
        return new RouterPlan
        {
            Route = route,
            Tiers = tiers,
            Costs = costs,
            Promise = promise,
            MaxDrop = maxDrop,
            Expected = expected!,
            MadeFrom = madeFrom,
            Notes = notes,
        };
    }

    public static void Write(RouterPlan plan, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, JsonStyle.Indented);
        json.WriteStartObject();
        json.WriteNumber("format", RouterPlan.Format);
        json.WriteString("policy", RouterPlan.Policy);
        json.WriteStartArray("tiers");
        foreach (var (name, cost) in plan.Tiers.Zip(plan.Costs))
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteNumber("cost", cost);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("higher", ChoiceNames.Of(plan.Route.Higher));
        json.WriteStrings("route", plan.Route.Tiers.Select(tier => plan.Tiers[tier]));
        json.WriteNumbers("thresholds", plan.Route.Thresholds);
        PlanPromiseJson.Write(json, plan.Promise);
        if (plan.MaxDrop is { } maxDrop)
            json.WriteNumber("maxDrop", maxDrop);
        json.WriteStartObject("expected");
        RouterRowJson.Write(json, plan.Expected);
        json.WriteEndObject();
        json.WriteStartObject("madeFrom");
        foreach (var (file, hash) in plan.MadeFrom)
            json.WriteString(file, hash);
        json.WriteEndObject();
        json.WriteStrings("notes", plan.Notes);
        json.WriteEndObject();
    }

    private static (IReadOnlyList<string> Names, IReadOnlyList<double> Costs) ReadTiers(JsonObjectReader json)
    {
        var (names, costs) = (new List<string>(), new List<double>());
        foreach (var tier in json.Objects("tiers"))
        {
            names.Add(tier.String("name"));
            costs.Add(tier.Number("cost") ?? 0);
            tier.NoOtherKeys();
        }

        if (names.Count < 2 || names.Distinct().Count() < names.Count)
            json.Problem("tiers", "are not two or more with a name of their own each", "write them as the plan was written");
        return (names, costs);
    }

    private static ScoreRoute ReadRoute(JsonObjectReader json, IReadOnlyList<string> tiers)
    {
        var higher = json.Choice<ScoreDirection>("higher");
        var (names, thresholds) = (json.Strings("route"), json.Numbers("thresholds"));
        string[] known = [.. tiers];
        int[] places = [.. names.Select(name => Array.IndexOf(known, name))];
        if (places.Length == 0 || places[0] < 0 || places.Zip(places.Skip(1)).Any(pair => pair.Second <= pair.First))
            json.Problem("route", "does not name some of the tiers in their order", "name at least one, each once");
        if (thresholds.Count != Math.Max(0, places.Length - 1))
        {
            json.Problem(
                "thresholds", $"has {thresholds.Count} numbers for {places.Length} tiers of the route", "write one between each two");
        }

        var sign = higher == ScoreDirection.Weak ? -1 : 1;
        if (thresholds.Zip(thresholds.Skip(1)).Any(pair => sign * pair.Second <= sign * pair.First))
        {
            json.Problem(
                "thresholds", $"do not {(sign > 0 ? "ascend" : "descend")}",
                $"order them, as a high score is for the {(sign > 0 ? "strong" : "weak")} tier");
        }

        return new ScoreRoute(higher ?? ScoreDirection.Strong, places, thresholds);
    }
}

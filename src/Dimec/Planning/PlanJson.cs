using System.Text.Json;
using Dimec.Costs;
using Dimec.Json;
using Dimec.Planning.Promises;
using Dimec.Policies;
using Dimec.Policies.Codecs;
using Dimec.Policies.Resuming;
using Dimec.Predictions;
using Dimec.Statistics;

namespace Dimec.Planning;

/// <summary>The JSON of <see cref="Plan"/>.</summary>
internal static class PlanJson
{
    public static Plan Read(Stream stream, string where, PolicyList policies)
    {
        using var document = JsonObjectReader.Parse(stream, where);
        var errors = new InputErrors();
        var json = new JsonObjectReader(document.RootElement, where, "", errors);
        json.Format(Plan.Format);
        var revision = json.Has("revision") ? json.Integer("revision") ?? 1 : 1;
        if (revision < 1)
            json.Problem("revision", $"is {revision}", "count from 1");
        var previous = json.Has("previous") ? json.String("previous") : null;
        var policy = json.String("policy");
        if (policy == Plan.TablePolicy && !json.Has("parameters"))
        {
            // Nothing else is the same then.
            throw new InputException(
                $"{where} policy", $"is '{policy}': the plan was made from a router's table, and no bundle or run is planned by it",
                "give it that table, or a plan that was made from a run");
        }

        var parameters = json.Object("parameters");
        var costs = json.Object("costs") is { IsObject: true } inner ? CostStructure.Read(inner, policies.ReservedNames) : null;
        var promise = PlanPromiseJson.Read(json);
        var maxDrop = json.Has("maxDrop") ? json.Number("maxDrop") : null;
        var expected = json.Object("expected") is { IsObject: true } outcome ? ReadExpected(outcome, costs) : null;
        var madeFrom = json.StringsByName("madeFrom");
        var exits = json.Has("exits") ? ReadExits(json.Object("exits")) : null;
        var hiddenStates = json.Has("hiddenStates") ? ReadHiddenStates(json.Object("hiddenStates")) : new HiddenStateTransfer();
        var notes = json.Has("notes") ? json.Strings("notes") : [];
        json.NoOtherKeys();
        errors.ThrowIfAny();
        var factory = policies.Find(policy, costs!, $"{where} policy");
        return new Plan
        {
            Factory = factory,
            Parameters = factory.Read(parameters!.Element, costs!, where),
            Costs = costs!,
            Revision = revision,
            Previous = previous,
            Promise = promise,
            MaxDrop = maxDrop,
            Expected = expected!,
            MadeFrom = madeFrom,
            Exits = exits,
            HiddenStates = hiddenStates,
            Notes = notes,
        };
    }

    public static void Write(Plan plan, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, JsonStyle.Indented);
        json.WriteStartObject();
        json.WriteNumber("format", Plan.Format);
        // Left out of a first plan, as all were before.
        if (plan.Revision > 1)
            json.WriteNumber("revision", plan.Revision);
        if (plan.Previous is { } previous)
            json.WriteString("previous", previous);
        json.WriteString("policy", plan.Policy);
        json.WriteStartObject("parameters");
        plan.Factory.Write(plan.Parameters, plan.Costs, json);
        json.WriteEndObject();
        json.WritePropertyName("costs");
        plan.Costs.Write(json);
        PlanPromiseJson.Write(json, plan.Promise);
        if (plan.MaxDrop is { } maxDrop)
            json.WriteNumber("maxDrop", maxDrop);
        WriteExpected(json, plan.Expected);
        json.WriteStartObject("madeFrom");
        foreach (var (file, hash) in plan.MadeFrom)
            json.WriteString(file, hash);
        json.WriteEndObject();
        // Left out where they are the trained model's, as those of all plans were before.
        if (plan.Exits is { } exits)
        {
            json.WriteStartObject("exits");
            ExportedExitsJson.Write(exits, json);
            json.WriteEndObject();
        }

        // Left out where it is the default, so that readers of before go on reading such plans.
        if (plan.HiddenStates != new HiddenStateTransfer())
        {
            json.WriteStartObject("hiddenStates");
            json.WriteString("format", ChoiceNames.Of(plan.HiddenStates.Format));
            json.WriteBoolean("compressed", plan.HiddenStates.Compressed);
            json.WriteEndObject();
        }

        json.WriteStrings("notes", plan.Notes);
        json.WriteEndObject();
    }

    private static ExportedExits? ReadExits(JsonObjectReader? json)
    {
        if (json is not { IsObject: true })
            return null;
        var exits = ExportedExitsJson.Read(json);
        json.NoOtherKeys();
        return exits;
    }

    private static HiddenStateTransfer ReadHiddenStates(JsonObjectReader? json)
    {
        if (json is not { IsObject: true })
            return new HiddenStateTransfer();
        var transfer = new HiddenStateTransfer(
            json.Choice<HiddenStateFormat>("format") ?? HiddenStateFormat.Fp32, json.Boolean("compressed"));
        json.NoOtherKeys();
        return transfer;
    }

    private static ExpectedOutcome ReadExpected(JsonObjectReader json, CostStructure? costs)
    {
        var expected = new ExpectedOutcome(
            json.Number("accuracy") ?? 0,
            json.Number("cost") ?? 0,
            json.Number("reduction") ?? 0,
            json.Number("drop") ?? 0,
            SharesJson.Read(json, costs))
        {
            AnsweredAt = SharesJson.ReadAnsweredAt(json),
            // Plans that were made before these were written lack them.
            DropInterval = json.OptionalInterval("dropInterval"),
            StackedDrop = json.Has("stackedDrop") ? json.Number("stackedDrop") : null,
            StackedDropInterval = json.OptionalInterval("stackedDropInterval"),
            N = json.Has("n") ? json.Integer("n") : null,
        };
        json.NoOtherKeys();
        return expected;
    }

    private static void WriteExpected(Utf8JsonWriter json, ExpectedOutcome expected)
    {
        json.WriteStartObject("expected");
        json.WriteNumber("accuracy", expected.Accuracy);
        json.WriteNumber("cost", expected.Cost);
        json.WriteNumber("reduction", expected.Reduction);
        json.WriteNumber("drop", expected.Drop);
        if (expected.DropInterval is { } interval)
            json.WriteInterval("dropInterval", interval);
        if (expected.StackedDrop is { } stackedDrop)
            json.WriteNumber("stackedDrop", stackedDrop);
        if (expected.StackedDropInterval is { } stackedInterval)
            json.WriteInterval("stackedDropInterval", stackedInterval);
        if (expected.N is { } samples)
            json.WriteNumber("n", samples);
        json.WriteNumbers("shares", expected.Shares);
        SharesJson.WriteAnsweredAt(json, expected.AnsweredAt);
        json.WriteEndObject();
    }
}

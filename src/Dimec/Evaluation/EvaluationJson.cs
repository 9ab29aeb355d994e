using System.Text.Json;
using Dimec.Costs;
using Dimec.Evaluation.Calibration;
using Dimec.Evaluation.Gains;
using Dimec.Json;
using Dimec.Policies;
using Dimec.Policies.Codecs;
using Dimec.Statistics;

namespace Dimec.Evaluation;

/// <summary>The JSON of <see cref="EvaluationDocument"/>.</summary>
internal static class EvaluationJson
{
    public static EvaluationDocument Read(Stream stream, string where, PolicyList known)
    {
        using var document = JsonObjectReader.Parse(stream, where);
        var errors = new InputErrors();
        var json = new JsonObjectReader(document.RootElement, where, "", errors);
        json.Format(EvaluationDocument.Format);
        var part = json.String("part");
        var n = json.Integer("n") ?? 0;
        var costs = json.Object("costs") is { IsObject: true } inner
            ? CostStructure.Read(inner, known.ReservedNames)
            : null;
        var policies = json.Objects("policies").Select(policy => ReadPolicy(policy, costs)).ToArray();
        var exits = ExitRowJson.Read(json);
        var impossible = json.Objects("notPossible", required: false).Select(ReadImpossible).ToArray();
        var notes = json.Has("notes") ? json.Strings("notes") : [];
        json.NoOtherKeys();
        errors.ThrowIfAny();
        return new EvaluationDocument(part, n, costs!, policies)
        {
            KnownPolicies = known,
            NotPossible = impossible,
            Exits = exits,
            Notes = notes,
        };
    }

    public static void Write(EvaluationDocument evaluation, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, JsonStyle.Indented);
        json.WriteStartObject();
        json.WriteNumber("format", EvaluationDocument.Format);
        json.WriteString("part", evaluation.Part);
        json.WriteNumber("n", evaluation.N);
        json.WritePropertyName("costs");
        evaluation.Costs.Write(json);
        json.WriteStartArray("policies");
        foreach (var policy in evaluation.Policies)
            WritePolicy(json, policy);
        json.WriteEndArray();
        ExitRowJson.Write(json, evaluation.Exits);
        WriteImpossible(json, evaluation.NotPossible);
        json.WriteStrings("notes", evaluation.Notes);
        json.WriteEndObject();
    }

    private static PolicyEvaluation ReadPolicy(JsonObjectReader json, CostStructure? costs)
    {
        var policy = new PolicyEvaluation(
            json.String("name"),
            json.Object("parameters")?.Element.Clone() ?? default,
            SharesJson.Read(json, costs),
            json.Number("accuracy") ?? 0,
            json.Interval("accuracyInterval"),
            json.NumbersByName("metrics"),
            json.Number("cost") ?? 0,
            json.Number("reduction") ?? 0,
            json.Number("drop") ?? 0,
            json.Interval("dropInterval"))
        {
            AnsweredAt = SharesJson.ReadAnsweredAt(json),
            StackedDrop = json.Has("stackedDrop") ? json.Number("stackedDrop") : null,
            StackedDropInterval = json.OptionalInterval("stackedDropInterval"),
            Reference = json.Has("reference") ? json.String("reference") : null,
            BeyondSingle = RivalGainJson.Read(json, "beyondSingle"),
            BeyondPhoneCloud = RivalGainJson.Read(json, "beyondPhoneCloud"),
        };
        json.NoOtherKeys();
        return policy;
    }

    private static ImpossiblePolicy ReadImpossible(JsonObjectReader json)
    {
        var policy = new ImpossiblePolicy(json.String("name"), json.String("reason"));
        json.NoOtherKeys();
        return policy;
    }

    private static void WriteImpossible(Utf8JsonWriter json, IReadOnlyList<ImpossiblePolicy> policies)
    {
        json.WriteStartArray("notPossible");
        foreach (var policy in policies)
        {
            json.WriteStartObject();
            json.WriteString("name", policy.Name);
            json.WriteString("reason", policy.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePolicy(Utf8JsonWriter json, PolicyEvaluation policy)
    {
        json.WriteStartObject();
        json.WriteString("name", policy.Name);
        json.WritePropertyName("parameters");
        policy.Parameters.WriteTo(json);
        json.WriteNumbers("shares", policy.Shares);
        SharesJson.WriteAnsweredAt(json, policy.AnsweredAt);
        json.WriteNumber("accuracy", policy.Accuracy);
        json.WriteInterval("accuracyInterval", policy.AccuracyInterval);
        json.WriteNumbers("metrics", policy.Metrics);
        json.WriteNumber("cost", policy.Cost);
        json.WriteNumber("reduction", policy.Reduction);
        json.WriteNumber("drop", policy.Drop);
        json.WriteInterval("dropInterval", policy.DropInterval);
        if (policy is { StackedDrop: { } drop, StackedDropInterval: { } interval })
        {
            json.WriteNumber("stackedDrop", drop);
            json.WriteInterval("stackedDropInterval", interval);
        }

        if (policy.Reference is { } reference)
            json.WriteString("reference", reference);
        RivalGainJson.Write(json, "beyondSingle", policy.BeyondSingle);
        RivalGainJson.Write(json, "beyondPhoneCloud", policy.BeyondPhoneCloud);

        json.WriteEndObject();
    }
}

using System.Text.Json;
using Dimec.Evaluation;
using Dimec.Json;
using Dimec.Routing.Frontiers;

namespace Dimec.Routing;

/// <summary>The JSON of <see cref="RouterEvaluation"/>.</summary>
internal static class RouterEvaluationJson
{
    public static void Write(RouterEvaluation evaluation, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, JsonStyle.Indented);
        json.WriteStartObject();
        json.WriteNumber("format", RouterEvaluation.Format);
        json.WriteString("table", evaluation.Table);
        json.WriteNumber("n", evaluation.N);
        json.WriteString("higher", ChoiceNames.Of(evaluation.Higher));
        json.WriteStartArray("tiers");
        foreach (var tier in evaluation.Tiers)
        {
            json.WriteStartObject();
            json.WriteString("name", tier.Name);
            RouterRowJson.Write(json, tier);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteFrontier(json, evaluation.Frontier);
        if (evaluation.Plan is { } plan)
        {
            json.WriteStartObject("plan");
            RouterRowJson.Write(json, plan);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteFrontier(Utf8JsonWriter json, RouterFrontier frontier)
    {
        json.WriteStartArray("frontier");
        foreach (var point in frontier.Points)
        {
            json.WriteStartObject();
            if (point.Threshold is { } threshold)
                json.WriteNumber("threshold", threshold);
            RouterRowJson.Write(json, point.Row);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (frontier.Measures is not { } measures)
        {
            json.WriteNull("measures");
            return;
        }

        json.WriteStartObject("measures");
        json.WriteEstimate("cpt20", measures.Cpt20);
        json.WriteEstimate("cpt50", measures.Cpt50);
        json.WriteEstimate("cpt80", measures.Cpt80);
        json.WriteEstimate("apgr", measures.Apgr);
        json.WriteEndObject();
    }
}

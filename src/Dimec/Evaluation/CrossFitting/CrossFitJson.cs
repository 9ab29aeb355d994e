using System.Text.Json;
using Dimec.Evaluation.Parts;
using Dimec.Json;
using Dimec.Statistics;

namespace Dimec.Evaluation.CrossFitting;

/// <summary>The JSON of <see cref="CrossFitDocument"/>.</summary>
internal static class CrossFitJson
{
    public static void Write(CrossFitDocument fitted, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, JsonStyle.Indented);
        json.WriteStartObject();
        json.WriteNumber("format", CrossFitDocument.Format);
        json.WriteString("part", fitted.Part);
        json.WriteNumber("n", fitted.N);
        json.WriteNumber("halvings", fitted.Halvings);
        json.WritePropertyName("costs");
        fitted.Costs.Write(json);
        json.WriteStartArray("policies");
        foreach (var policy in fitted.Policies)
        {
            json.WriteStartObject();
            json.WriteString("name", policy.Name);
            json.WriteNumber("accuracy", policy.Accuracy);
            json.WriteNumber("cost", policy.Cost);
            json.WriteNumber("reduction", policy.Reduction);
            json.WriteNumber("drop", policy.Drop);
            json.WriteInterval("dropInterval", policy.DropInterval);
            if (policy is { StackedDrop: { } drop, StackedDropInterval: { } interval })
            {
                json.WriteNumber("stackedDrop", drop);
                json.WriteInterval("stackedDropInterval", interval);
            }

            json.WriteNumber("planned", policy.Planned);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStrings("notes", PartNotes.Of(fitted.Part));
        json.WriteEndObject();
    }
}

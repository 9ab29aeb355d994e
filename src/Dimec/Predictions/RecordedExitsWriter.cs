using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Dimec.Json;

namespace Dimec.Predictions;

/// <summary>Writes <see cref="RecordedExits"/> as JSON lines. Numbers are the shortest that read back as the same fp32.</summary>
internal static class RecordedExitsWriter
{
    public static void Write(RecordedExits exits, Stream stream)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 14);
        using var json = new Utf8JsonWriter(buffer);
        for (var sample = 0; sample < exits.Count; sample++)
        {
            WriteSample(json, exits, sample);
            json.EndLine(buffer, stream);
        }
    }

    /// <summary>Writes what all rows begin with: the name, the class, and the object of logits, in which the caller goes on.</summary>
    public static void Begin(Utf8JsonWriter json, string guid, int gold)
    {
        json.WriteStartObject();
        json.WriteString("guid", guid);
        if (gold < 0)
            json.WriteNull("gold");
        else
            json.WriteNumber("gold", gold);
        json.WriteStartObject("logits");
    }

    /// <summary>Writes one exit's logits.</summary>
    public static void WriteLogits(Utf8JsonWriter json, int layer, ReadOnlySpan<float> logits) =>
        json.WriteNumbers(layer.ToString(CultureInfo.InvariantCulture), logits);

    /// <summary>Writes whose exits they are, where that is known, and ends the row.</summary>
    public static void End(Utf8JsonWriter json, ExportedExits? exported)
    {
        if (exported is not null)
        {
            json.WriteStartObject("exits");
            ExportedExitsJson.Write(exported, json);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteSample(Utf8JsonWriter json, RecordedExits exits, int sample)
    {
        Begin(json, exits.Guids[sample], exits.Gold[sample]);
        if (exits.HasExitZero)
            WriteLogits(json, 0, exits.ZeroLogits(sample));
        for (var exit = 0; exit < exits.Exits.Count; exit++)
            WriteLogits(json, exits.Exits[exit], exits.Logits(sample, exit));
        json.WriteEndObject();
        if (exits.EmbeddingSize > 0)
            json.WriteNumbers("embedding", exits.Embedding(sample));
        if (exits.StateSize > 0)
            WriteStates(json, exits, sample);
        End(json, exits.Exported);
    }

    private static void WriteStates(Utf8JsonWriter json, RecordedExits exits, int sample)
    {
        json.WriteStartObject("states");
        foreach (var layer in exits.StateLayers)
            json.WriteNumbers(layer.ToString(CultureInfo.InvariantCulture), exits.State(sample, exits.IndexOfExit(layer)));
        json.WriteEndObject();
    }
}

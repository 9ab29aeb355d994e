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

    private static void WriteSample(Utf8JsonWriter json, RecordedExits exits, int sample)
    {
        json.WriteStartObject();
        json.WriteString("guid", exits.Guids[sample]);
        if (exits.Gold[sample] < 0)
            json.WriteNull("gold");
        else
            json.WriteNumber("gold", exits.Gold[sample]);
        json.WriteStartObject("logits");
        if (exits.HasExitZero)
            json.WriteNumbers("0", exits.ZeroLogits(sample));
        for (var exit = 0; exit < exits.Exits.Count; exit++)
            json.WriteNumbers(exits.Exits[exit].ToString(CultureInfo.InvariantCulture), exits.Logits(sample, exit));
        json.WriteEndObject();
        if (exits.EmbeddingSize > 0)
            json.WriteNumbers("embedding", exits.Embedding(sample));
        if (exits.StateSize > 0)
            WriteStates(json, exits, sample);
        json.WriteEndObject();
    }

    private static void WriteStates(Utf8JsonWriter json, RecordedExits exits, int sample)
    {
        json.WriteStartObject("states");
        foreach (var layer in exits.StateLayers)
            json.WriteNumbers(layer.ToString(CultureInfo.InvariantCulture), exits.State(sample, exits.IndexOfExit(layer)));
        json.WriteEndObject();
    }
}

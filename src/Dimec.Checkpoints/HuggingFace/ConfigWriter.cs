using System.Globalization;
using System.Text.Json;

namespace Dimec.Checkpoints.HuggingFace;

/// <summary>Writes Hugging Face's <c>config.json</c>, with the exits under the key <c>dimec</c>.</summary>
internal static class ConfigWriter
{
    public static void Write(EncoderConfig config, ExitHeadConfig? exits, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        var (architecture, names) = (config.Architecture, config.Architecture.ConfigKeys);
        json.WriteStartArray("architectures");
        json.WriteStringValue(architecture.ModelClass);
        json.WriteEndArray();
        json.WriteString("model_type", architecture.ModelType);
        json.WriteNumber(names.HiddenSize, config.HiddenSize);
        json.WriteNumber(names.Layers, config.Layers);
        json.WriteNumber(names.Heads, config.Heads);
        json.WriteNumber(names.IntermediateSize, config.IntermediateSize);
        json.WriteNumber(names.VocabularySize, config.VocabularySize);
        json.WriteNumber(names.MaxPositions, config.MaxPositions);
        if (names.TypeVocabularySize is { } types)
            json.WriteNumber(types, config.TypeVocabularySize);
        if (names.LayerNormEpsilon is { } epsilon)
            json.WriteNumber(epsilon, config.LayerNormEpsilon);
        json.WriteString(names.Activation, NameOf(config.HiddenActivation));
        json.WriteNumber(names.HiddenDropout, config.HiddenDropout);
        json.WriteNumber(names.AttentionDropout, config.AttentionDropout);
        if (config.ClassifierDropout is { } dropout)
            json.WriteNumber(names.ClassifierDropout, dropout);
        json.WriteNumber(names.InitializerRange, config.InitializerRange);
        json.WriteNumber(names.PadTokenId, config.PadTokenId);
        foreach (var (key, value) in names.Constants)
            json.WriteString(key, value);
        json.WriteString("torch_dtype", "float32");
        if (exits is not null)
            WriteExits(json, exits);
        json.WriteEndObject();
    }

    private static void WriteExits(Utf8JsonWriter json, ExitHeadConfig exits)
    {
        json.WriteStartObject("id2label");
        for (var label = 0; label < exits.Labels.Count; label++)
            json.WriteString(label.ToString(CultureInfo.InvariantCulture), exits.Labels[label]);
        json.WriteEndObject();
        json.WriteStartObject("label2id");
        for (var label = 0; label < exits.Labels.Count; label++)
            json.WriteNumber(exits.Labels[label], label);
        json.WriteEndObject();
        json.WriteStartObject("dimec");
        json.WriteStartArray("exits");
        foreach (var exit in exits.Exits)
            json.WriteNumberValue(exit);
        json.WriteEndArray();
        json.WriteString("head", exits.Head);
        json.WriteString("pooling", exits.Pooling);
        json.WriteNumber("max_length", exits.MaxLength);
        json.WriteBoolean("pair", exits.HasPair);
        json.WriteEndObject();
    }

    private static string NameOf(Activation activation) => activation switch
    {
        Activation.Gelu => "gelu",
        Activation.GeluTanh => "gelu_new",
        _ => "relu",
    };
}

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
        json.WriteStartArray("architectures");
        json.WriteStringValue("BertModel");
        json.WriteEndArray();
        json.WriteString("model_type", "bert");
        json.WriteNumber("hidden_size", config.HiddenSize);
        json.WriteNumber("num_hidden_layers", config.Layers);
        json.WriteNumber("num_attention_heads", config.Heads);
        json.WriteNumber("intermediate_size", config.IntermediateSize);
        json.WriteNumber("vocab_size", config.VocabularySize);
        json.WriteNumber("max_position_embeddings", config.MaxPositions);
        json.WriteNumber("type_vocab_size", config.TypeVocabularySize);
        json.WriteNumber("layer_norm_eps", config.LayerNormEpsilon);
        json.WriteString("hidden_act", NameOf(config.HiddenActivation));
        json.WriteNumber("hidden_dropout_prob", config.HiddenDropout);
        json.WriteNumber("attention_probs_dropout_prob", config.AttentionDropout);
        if (config.ClassifierDropout is { } dropout)
            json.WriteNumber("classifier_dropout", dropout);
        json.WriteNumber("initializer_range", config.InitializerRange);
        json.WriteNumber("pad_token_id", config.PadTokenId);
        json.WriteString("position_embedding_type", "absolute");
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

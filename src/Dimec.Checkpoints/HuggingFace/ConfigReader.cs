using System.Text.Json;
using Dimec.Json;

namespace Dimec.Checkpoints.HuggingFace;

/// <summary>Reads Hugging Face's <c>config.json</c>; gathers everything that is wrong with it.</summary>
internal static class ConfigReader
{
    private const string UseOwn = "give the config.json that was saved with the weights";
    private const string UseBert = "give a checkpoint of BERT's architecture (model_type bert)";

    public static ModelConfig Read(Stream stream, string where)
    {
        using var document = Parse(stream, where);
        var errors = new InputErrors();
        var keys = new ConfigKeys(document.RootElement, where, errors);
        RefuseOtherArchitectures(keys, errors, where);
        var encoder = ReadEncoder(keys);
        // Stand-ins for values that are wrong would only add errors that follow from the first.
        if (errors.Count == 0)
            CheckRelations(encoder, errors, where);
        var exits = ExitConfigReader.Read(keys, encoder, errors, where);
        var config = new ModelConfig(encoder, exits)
        {
            NameOrPath = keys.Text("_name_or_path"),
            TokenizerClass = keys.Text("tokenizer_class"),
            Architecture = keys.FirstText("architectures"),
            // Those of the exits have been held against label2id already; a classifier that is not used is no reason to refuse its encoder.
            Labels = exits is null ? LabelNames.Read(keys) : new LabelNames(exits.Labels, Problem: null),
        };
        errors.ThrowIfAny();
        return config;
    }

    private static JsonDocument Parse(Stream stream, string where)
    {
        var document = JsonInput.Parse(stream, where, UseOwn, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        if (document.RootElement.ValueKind == JsonValueKind.Object)
            return document;
        document.Dispose();
        throw new InputException(where, "is no JSON object", UseOwn);
    }

    private static void RefuseOtherArchitectures(ConfigKeys keys, InputErrors errors, string where)
    {
        var type = keys.Text("model_type");
        if (type is not null and not "bert")
            errors.Add($"{where} model_type", $"is \"{type}\", whose layers, positions or names differ from BERT's", UseBert);
        if (keys.Text("position_embedding_type") is { } positions and not "absolute")
            errors.Add($"{where} position_embedding_type", $"is \"{positions}\" where only \"absolute\" is supported", UseBert);
        if (keys.Flag("is_decoder") || keys.Flag("add_cross_attention"))
            errors.Add($"{where} is_decoder", "says that the model is a decoder", UseBert);
        if (keys.Element("pruned_heads") is { } pruned && (pruned.ValueKind != JsonValueKind.Object || pruned.EnumerateObject().Any()))
            errors.Add($"{where} pruned_heads", "says that attention heads were cut out, which leaves layers of unlike width", UseBert);
    }

    private static EncoderConfig ReadEncoder(ConfigKeys keys) => new()
    {
        HiddenSize = keys.Count("hidden_size"),
        Layers = keys.Count("num_hidden_layers", most: EncoderConfig.MostLayers),
        Heads = keys.Count("num_attention_heads"),
        IntermediateSize = keys.Count("intermediate_size"),
        VocabularySize = keys.Count("vocab_size"),
        MaxPositions = keys.Count("max_position_embeddings"),
        TypeVocabularySize = keys.Count("type_vocab_size", fallback: 2),
        LayerNormEpsilon = keys.Number("layer_norm_eps", 1e-12, "a finite number above 0 in single precision", value => float.IsFinite((float)value) && (float)value > 0),
        HiddenActivation = keys.Activation(),
        HiddenDropout = keys.Probability("hidden_dropout_prob") ?? 0.1,
        AttentionDropout = keys.Probability("attention_probs_dropout_prob") ?? 0.1,
        ClassifierDropout = keys.Probability("classifier_dropout"),
        InitializerRange = keys.Number("initializer_range", 0.02, "a number above 0", value => value > 0),
        PadTokenId = keys.Integer("pad_token_id", 0),
    };

    private static void CheckRelations(EncoderConfig config, InputErrors errors, string where)
    {
        if (config.HiddenSize % config.Heads != 0)
        {
            errors.Add($"{where} num_attention_heads", $"is {config.Heads}, which does not divide hidden_size {config.HiddenSize}",
                "use the config.json that belongs to the weights");
        }

        if (config.PadTokenId < 0 || config.PadTokenId >= config.VocabularySize)
        {
            errors.Add($"{where} pad_token_id", $"is {config.PadTokenId}, outside the vocabulary of {config.VocabularySize}",
                "use the config.json that belongs to the weights");
        }
    }
}

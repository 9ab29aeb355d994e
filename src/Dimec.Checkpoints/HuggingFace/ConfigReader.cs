using System.Text.Json;
using Dimec.Checkpoints.Architectures;
using Dimec.Json;

namespace Dimec.Checkpoints.HuggingFace;

/// <summary>Reads Hugging Face's <c>config.json</c>; gathers everything that is wrong with it.</summary>
internal static class ConfigReader
{
    private const string UseOwn = "give the config.json that was saved with the weights";

    private static readonly JsonDocumentOptions s_lenient =
        new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private static readonly string s_useKnown =
        "give a checkpoint of BERT's architecture (model_type "
        + $"{string.Join(" or ", KnownArchitectures.All.Select(architecture => architecture.ModelType))})";

    public static ModelConfig Read(Stream stream, string where)
    {
        using var document = JsonInput.ParseObject(stream, where, UseOwn, s_lenient, CheckpointPlace.NoObject);
        var errors = new InputErrors();
        var keys = new ConfigKeys(document.RootElement, where, errors);
        var architecture = ReadArchitecture(keys, errors, where);
        RefuseOtherForms(keys, errors, where);
        var encoder = ReadEncoder(keys, architecture);
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

    private static EncoderArchitecture ReadArchitecture(ConfigKeys keys, InputErrors errors, string where)
    {
        if (keys.Text("model_type") is not { } type)
            return Bert.Architecture;
        if (KnownArchitectures.Find(type) is { } known)
            return known;
        errors.Add($"{where} model_type", $"is \"{type}\", whose layers, positions or names differ from BERT's", s_useKnown);
        return Bert.Architecture;
    }

    private static void RefuseOtherForms(ConfigKeys keys, InputErrors errors, string where)
    {
        if (keys.Text("position_embedding_type") is { } positions and not "absolute")
            errors.Add($"{where} position_embedding_type", $"is \"{positions}\" where only \"absolute\" is supported", s_useKnown);
        if (keys.Flag("is_decoder") || keys.Flag("add_cross_attention"))
            errors.Add($"{where} is_decoder", "says that the model is a decoder", s_useKnown);
        if (keys.Element("pruned_heads") is { } pruned && (pruned.ValueKind != JsonValueKind.Object || pruned.EnumerateObject().Any()))
            errors.Add($"{where} pruned_heads", "says that attention heads were cut out, which leaves layers of unlike width", s_useKnown);
    }

    private static EncoderConfig ReadEncoder(ConfigKeys keys, EncoderArchitecture architecture)
    {
        var names = architecture.ConfigKeys;
        return new()
        {
            Architecture = architecture,
            HiddenSize = keys.Count(names.HiddenSize),
            Layers = keys.Count(names.Layers, most: EncoderConfig.MostLayers),
            Heads = keys.Count(names.Heads),
            IntermediateSize = keys.Count(names.IntermediateSize),
            VocabularySize = keys.Count(names.VocabularySize),
            MaxPositions = keys.Count(names.MaxPositions),
            TypeVocabularySize = names.TypeVocabularySize is { } types ? keys.Count(types, fallback: 2) : 0,
            LayerNormEpsilon = names.LayerNormEpsilon is { } epsilon ? ReadEpsilon(keys, epsilon) : EncoderConfig.DefaultLayerNormEpsilon,
            HiddenActivation = keys.Activation(names.Activation),
            HiddenDropout = keys.Probability(names.HiddenDropout) ?? 0.1,
            AttentionDropout = keys.Probability(names.AttentionDropout) ?? 0.1,
            ClassifierDropout = keys.Probability(names.ClassifierDropout) ?? names.DefaultClassifierDropout,
            InitializerRange = keys.Number(names.InitializerRange, 0.02, "a number above 0", value => value > 0),
            PadTokenId = keys.Integer(names.PadTokenId, 0),
        };
    }

    private static double ReadEpsilon(ConfigKeys keys, string key) => keys.Number(
        key, EncoderConfig.DefaultLayerNormEpsilon, "a finite number above 0 in single precision",
        value => float.IsFinite((float)value) && (float)value > 0);

    private static void CheckRelations(EncoderConfig config, InputErrors errors, string where)
    {
        var names = config.Architecture.ConfigKeys;
        if (config.HiddenSize % config.Heads != 0)
        {
            errors.Add($"{where} {names.Heads}", $"is {config.Heads}, which does not divide {names.HiddenSize} {config.HiddenSize}",
                "use the config.json that belongs to the weights");
        }

        if (config.PadTokenId < 0 || config.PadTokenId >= config.VocabularySize)
        {
            errors.Add($"{where} {names.PadTokenId}", $"is {config.PadTokenId}, outside the vocabulary of {config.VocabularySize}",
                "use the config.json that belongs to the weights");
        }
    }
}

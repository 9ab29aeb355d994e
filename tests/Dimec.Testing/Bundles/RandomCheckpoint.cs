using Dimec.Checkpoints;
using Dimec.Checkpoints.Architectures;

namespace Dimec.Testing.Bundles;

/// <summary>A small encoder with exits and random weights, the same for the same arguments.</summary>
public static class RandomCheckpoint
{
    public static EncoderConfig Config(
        int hidden = 24, int layers = 3, int heads = 3, Activation activation = Activation.Gelu, int types = 2,
        EncoderArchitecture? architecture = null) => new()
        {
            Architecture = architecture ?? Bert.Architecture,
            HiddenSize = hidden,
            Layers = layers,
            Heads = heads,
            IntermediateSize = 3 * hidden,
            VocabularySize = 50,
            MaxPositions = 64,
            TypeVocabularySize = types,
            HiddenActivation = activation,
            LayerNormEpsilon = 1e-12,
        };

    public static Checkpoint Create(EncoderConfig? config = null, ExitHeadConfig? exits = null, int seed = 1)
    {
        config ??= Config();
        exits ??= new ExitHeadConfig([1, 2, 3], ExitHeadConfig.PoolerHead, ExitHeadConfig.MeanPooling, ["no", "yes"], 32);
        return new Checkpoint(config, Weights(config, exits, new Random(seed)), exits, null);
    }

    /// <summary>The given encoder's weights with random heads for exits.</summary>
    public static Checkpoint WithHeads(Checkpoint encoder, ExitHeadConfig exits, int seed = 1)
    {
        var heads = Weights(encoder.Config, exits, new Random(seed)).Where(weight =>
            weight.Key.StartsWith("exits.", StringComparison.Ordinal));
        return new Checkpoint(encoder.Config, encoder.Weights.Concat(heads).ToDictionary(), exits, encoder.Tokenizer);
    }

    private static Dictionary<string, WeightTensor> Weights(EncoderConfig config, ExitHeadConfig exits, Random random)
    {
        var weights = new Dictionary<string, WeightTensor>();
        var (hidden, embeddings) = (config.HiddenSize, config.Architecture.Embeddings);
        Add($"{embeddings.Word}.weight", 0.5, config.VocabularySize, hidden);
        Add($"{embeddings.Position}.weight", 0.5, config.MaxPositions, hidden);
        if (embeddings.TokenType is { } types)
            Add($"{types}.weight", 0.5, config.TypeVocabularySize, hidden);
        Norm(embeddings.Norm);
        for (var layer = 0; layer < config.Layers; layer++)
        {
            var names = config.Architecture.Layer(layer);
            foreach (var part in new[] { names.Query, names.Key, names.Value, names.AttentionOutput })
                Dense(part, hidden, hidden);
            Norm(names.AttentionNorm);
            Dense(names.Inner, config.IntermediateSize, hidden);
            Dense(names.Outer, hidden, config.IntermediateSize);
            Norm(names.OutputNorm);
        }

        foreach (var exit in exits.Exits)
        {
            if (exits.Head == ExitHeadConfig.PoolerHead)
                Dense($"exits.{exit}.dense", hidden, hidden);
            Dense($"exits.{exit}.classifier", exits.Labels.Count, hidden);
        }

        return weights;

        void Dense(string name, int outputs, int inputs)
        {
            Add($"{name}.weight", 2 / Math.Sqrt(inputs), outputs, inputs);
            Add($"{name}.bias", 0.3, outputs);
        }

        void Norm(string name)
        {
            Add($"{name}.weight", 0.5, hidden);
            Add($"{name}.bias", 0.3, hidden);
            for (var i = 0; i < hidden; i++)
                weights[$"{name}.weight"].Values[i] += 1;
        }

        void Add(string name, double range, params int[] shape)
        {
            var values = new float[shape.Aggregate(1, (product, size) => product * size)];
            for (var i = 0; i < values.Length; i++)
                values[i] = (float)(range * ((2 * random.NextDouble()) - 1));
            weights.Add(name, new WeightTensor(name, shape, values));
        }
    }
}

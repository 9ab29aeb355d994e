using Dimec.Checkpoints;

namespace Dimec.Testing.Bundles;

/// <summary>A small encoder with exits and random weights, the same for the same arguments.</summary>
public static class RandomCheckpoint
{
    public static EncoderConfig Config(int hidden = 24, int layers = 3, int heads = 3, Activation activation = Activation.Gelu, int types = 2) => new()
    {
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
        var heads = Weights(encoder.Config, exits, new Random(seed)).Where(weight => weight.Key.StartsWith("exits.", StringComparison.Ordinal));
        return new Checkpoint(encoder.Config, encoder.Weights.Concat(heads).ToDictionary(), exits, encoder.Tokenizer);
    }

    private static Dictionary<string, WeightTensor> Weights(EncoderConfig config, ExitHeadConfig exits, Random random)
    {
        var weights = new Dictionary<string, WeightTensor>();
        var hidden = config.HiddenSize;
        Add("embeddings.word_embeddings.weight", 0.5, config.VocabularySize, hidden);
        Add("embeddings.position_embeddings.weight", 0.5, config.MaxPositions, hidden);
        Add("embeddings.token_type_embeddings.weight", 0.5, config.TypeVocabularySize, hidden);
        Norm("embeddings.LayerNorm");
        for (var layer = 0; layer < config.Layers; layer++)
        {
            var prefix = $"encoder.layer.{layer}";
            foreach (var part in new[] { "query", "key", "value" })
                Dense($"{prefix}.attention.self.{part}", hidden, hidden);
            Dense($"{prefix}.attention.output.dense", hidden, hidden);
            Norm($"{prefix}.attention.output.LayerNorm");
            Dense($"{prefix}.intermediate.dense", config.IntermediateSize, hidden);
            Dense($"{prefix}.output.dense", hidden, config.IntermediateSize);
            Norm($"{prefix}.output.LayerNorm");
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

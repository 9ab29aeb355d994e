namespace Dimec.Checkpoints.Naming;

/// <summary>The one list of what a multi-exit BERT encoder consists of.</summary>
internal static class ExpectedWeights
{
    public static IReadOnlyList<ExpectedWeight> Of(EncoderConfig config, ExitHeadConfig? exits)
    {
        var list = new List<ExpectedWeight>();
        Embeddings(list, config);
        for (var layer = 0; layer < config.Layers; layer++)
            Layer(list, config, $"encoder.layer.{layer}.");
        foreach (var exit in exits?.Exits ?? [])
        {
            if (exits!.Head == ExitHeadConfig.PoolerHead)
                Dense(list, $"exits.{exit}.dense", config.HiddenSize, config.HiddenSize);
            Dense(list, $"exits.{exit}.classifier", exits.Labels.Count, config.HiddenSize);
        }

        return list;
    }

    private static void Embeddings(List<ExpectedWeight> list, EncoderConfig config)
    {
        list.Add(new("embeddings.word_embeddings.weight", [config.VocabularySize, config.HiddenSize]));
        list.Add(new("embeddings.position_embeddings.weight", [config.MaxPositions, config.HiddenSize]));
        list.Add(new("embeddings.token_type_embeddings.weight", [config.TypeVocabularySize, config.HiddenSize]));
        Norm(list, "embeddings.LayerNorm", config.HiddenSize);
    }

    private static void Layer(List<ExpectedWeight> list, EncoderConfig config, string prefix)
    {
        foreach (var part in (ReadOnlySpan<string>)["query", "key", "value"])
            Dense(list, $"{prefix}attention.self.{part}", config.HiddenSize, config.HiddenSize);
        Dense(list, prefix + "attention.output.dense", config.HiddenSize, config.HiddenSize);
        Norm(list, prefix + "attention.output.LayerNorm", config.HiddenSize);
        Dense(list, prefix + "intermediate.dense", config.IntermediateSize, config.HiddenSize);
        Dense(list, prefix + "output.dense", config.HiddenSize, config.IntermediateSize);
        Norm(list, prefix + "output.LayerNorm", config.HiddenSize);
    }

    private static void Dense(List<ExpectedWeight> list, string name, int outputs, int inputs)
    {
        list.Add(new(name + ".weight", [outputs, inputs]));
        list.Add(new(name + ".bias", [outputs]));
    }

    private static void Norm(List<ExpectedWeight> list, string name, int size)
    {
        list.Add(new(name + ".weight", [size]));
        list.Add(new(name + ".bias", [size]));
    }
}

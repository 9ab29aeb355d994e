namespace Dimec.Checkpoints.Architectures;

/// <summary>The one list of what a multi-exit encoder consists of.</summary>
internal static class ExpectedWeights
{
    public static IReadOnlyList<ExpectedWeight> Of(EncoderConfig config, ExitHeadConfig? exits)
    {
        var list = new List<ExpectedWeight>();
        Embeddings(list, config);
        for (var layer = 0; layer < config.Layers; layer++)
            Layer(list, config, config.Architecture.Layer(layer));
        foreach (var exit in exits?.Exits ?? [])
        {
            if (exits!.Head == ExitHeadConfig.PoolerHead)
                Dense(list, ExitNames.Dense(exit), config.HiddenSize, config.HiddenSize);
            Dense(list, ExitNames.Classifier(exit), exits.Labels.Count, config.HiddenSize);
        }

        return list;
    }

    private static void Embeddings(List<ExpectedWeight> list, EncoderConfig config)
    {
        var names = config.Architecture.Embeddings;
        list.Add(new($"{names.Word}.weight", [config.VocabularySize, config.HiddenSize]));
        list.Add(new($"{names.Position}.weight", [config.MaxPositions, config.HiddenSize]));
        if (names.TokenType is { } types)
            list.Add(new($"{types}.weight", [config.TypeVocabularySize, config.HiddenSize]));
        Norm(list, names.Norm, config.HiddenSize);
    }

    private static void Layer(List<ExpectedWeight> list, EncoderConfig config, LayerNames names)
    {
        foreach (var name in (ReadOnlySpan<string>)[names.Query, names.Key, names.Value, names.AttentionOutput])
            Dense(list, name, config.HiddenSize, config.HiddenSize);
        Norm(list, names.AttentionNorm, config.HiddenSize);
        Dense(list, names.Inner, config.IntermediateSize, config.HiddenSize);
        Dense(list, names.Outer, config.HiddenSize, config.IntermediateSize);
        Norm(list, names.OutputNorm, config.HiddenSize);
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

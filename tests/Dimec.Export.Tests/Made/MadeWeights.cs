using Dimec.Checkpoints;

namespace Dimec.Export.Tests.Made;

/// <summary>A small checkpoint whose weights are sines of their places: those of <c>int8_reference.py</c>.</summary>
internal static class MadeWeights
{
    public static Checkpoint Create()
    {
        var config = RandomCheckpoint.Config(layers: 2);
        var exits = new ExitHeadConfig([1, 2], ExitHeadConfig.PoolerHead, ExitHeadConfig.MeanPooling, ["a", "b", "c"], 32);
        var weights = new Dictionary<string, WeightTensor>();
        var (hidden, inner, embeddings) = (config.HiddenSize, config.IntermediateSize, config.Architecture.Embeddings);
        Add($"{embeddings.Word}.weight", 0.5, config.VocabularySize, hidden);
        Add($"{embeddings.Position}.weight", 0.5, config.MaxPositions, hidden);
        Add($"{embeddings.TokenType}.weight", 0.5, 2, hidden);
        Norm(embeddings.Norm);
        for (var layer = 0; layer < config.Layers; layer++)
        {
            var names = config.Architecture.Layer(layer);
            foreach (var part in new[] { names.Query, names.Key, names.Value, names.AttentionOutput })
                Dense(part, hidden, hidden);
            Norm(names.AttentionNorm);
            Dense(names.Inner, inner, hidden);
            Dense(names.Outer, hidden, inner);
            Norm(names.OutputNorm);
        }

        foreach (var exit in exits.Exits)
        {
            Dense($"exits.{exit}.dense", hidden, hidden);
            Dense($"exits.{exit}.classifier", 3, hidden);
        }

        return new Checkpoint(config, weights, exits, null);

        void Dense(string name, int outputs, int inputs)
        {
            Add($"{name}.weight", 2 / Math.Sqrt(inputs), outputs, inputs);
            Add($"{name}.bias", 0.3, outputs);
        }

        void Norm(string name)
        {
            Add($"{name}.weight", 0.5, hidden);
            var values = weights[$"{name}.weight"].Values;
            for (var i = 0; i < values.Length; i++)
                values[i] += 1;
            Add($"{name}.bias", 0.3, hidden);
        }

        void Add(string name, double size, params int[] shape)
        {
            var number = weights.Count + 1;
            var values = new float[shape.Aggregate(1, (product, axis) => product * axis)];
            for (var i = 0; i < values.Length; i++)
                values[i] = (float)(size * Math.Sin(number + (12.9898 * i)));
            weights.Add(name, new WeightTensor(name, shape, values));
        }
    }
}

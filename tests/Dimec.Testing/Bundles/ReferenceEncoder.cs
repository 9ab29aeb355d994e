using Dimec.Checkpoints;
using Dimec.Predictions;

namespace Dimec.Testing.Bundles;

/// <summary>
/// BERT (Devlin et al. 2019) written as the formulas stand, one sample at a time without padding, in double precision: what batched, padded
/// and fused code must agree with.
/// </summary>
public sealed class ReferenceEncoder(Checkpoint checkpoint)
{
    private readonly EncoderConfig _config = checkpoint.Config;

    /// <summary>The embedding layer's output after its LayerNorm: [tokens][hidden].</summary>
    public double[][] Embeddings(int[] ids, int[] types) => [.. Sums(ids, types).Select(sum => Norm("embeddings.LayerNorm", sum))];

    /// <summary>Word + position + token type: [tokens][hidden].</summary>
    public double[][] Sums(int[] ids, int[] types) => [.. ids.Select((id, i) =>
    {
        var sum = new double[_config.HiddenSize];
        for (var h = 0; h < sum.Length; h++)
        {
            sum[h] = (double)Weight("embeddings.word_embeddings", id, h) + Weight("embeddings.position_embeddings", i, h)
                + Weight("embeddings.token_type_embeddings", types[i], h);
        }

        return sum;
    })];

    /// <summary>e(x), by which a sample is routed.</summary>
    public double[] Embedding(EmbeddingKind kind, int[] ids, int[] types) => kind switch
    {
        EmbeddingKind.LayerNorm => Mean(Embeddings(ids, types)),
        EmbeddingKind.Sum => Mean(Sums(ids, types)),
        _ => [.. Enumerable.Range(0, checkpoint.Exits!.MaxLength)
            .Select(i => i < ids.Length ? Math.Sqrt(Embeddings(ids, types)[i].Sum(x => x * x)) : 0)],
    };

    /// <summary>The logits of one exit.</summary>
    public double[] Logits(int[] ids, int[] types, int exit)
    {
        var states = Embeddings(ids, types);
        for (var layer = 0; layer < exit; layer++)
            states = Layer($"encoder.layer.{layer}", states);
        var exits = checkpoint.Exits!;
        var pooled = exits.Pooling == ExitHeadConfig.ClsPooling ? states[0] : Mean(states);
        if (exits.Head == ExitHeadConfig.PoolerHead)
            pooled = [.. Dense($"exits.{exit}.dense", pooled).Select(Math.Tanh)];
        return Dense($"exits.{exit}.classifier", pooled);
    }

    private double[][] Layer(string name, double[][] states)
    {
        var attended = Attention($"{name}.attention", states);
        return [.. attended.Select(row =>
        {
            var inner = Dense($"{name}.intermediate.dense", row).Select(Active).ToArray();
            return Norm($"{name}.output.LayerNorm", Sum(Dense($"{name}.output.dense", inner), row));
        })];
    }

    private double[][] Attention(string name, double[][] states)
    {
        var query = states.Select(row => Dense($"{name}.self.query", row)).ToArray();
        var key = states.Select(row => Dense($"{name}.self.key", row)).ToArray();
        var value = states.Select(row => Dense($"{name}.self.value", row)).ToArray();
        return [.. states.Select((row, i) =>
        {
            var context = new double[_config.HiddenSize];
            for (var head = 0; head < _config.Heads; head++)
            {
                var (from, to) = (head * _config.HeadSize, (head + 1) * _config.HeadSize);
                var scores = key.Select(k => Enumerable.Range(from, to - from).Sum(h => query[i][h] * k[h]) / Math.Sqrt(_config.HeadSize))
                    .ToArray();
                var top = scores.Max();
                var shares = scores.Select(score => Math.Exp(score - top)).ToArray();
                var total = shares.Sum();
                for (var h = from; h < to; h++)
                    context[h] = value.Select((v, j) => shares[j] / total * v[h]).Sum();
            }

            return Norm($"{name}.output.LayerNorm", Sum(Dense($"{name}.output.dense", context), row));
        })];
    }

    private double Active(double x) => _config.HiddenActivation switch
    {
        Activation.Gelu => x * NormalDistribution(x),
        Activation.GeluTanh => x / 2 * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))),
        _ => Math.Max(x, 0),
    };

    /// <summary>Φ(x) by its Taylor series Φ(x) = ½ + φ(x)·Σ x^(2k+1)/(1·3·…·(2k+1)), to double precision for the |x| met here.</summary>
    private static double NormalDistribution(double x)
    {
        if (Math.Abs(x) > 8)
            return x > 0 ? 1 : 0;
        var (sum, term) = (x, x);
        for (var k = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); k++)
            sum += term *= x * x / ((2 * k) + 1);
        return 0.5 + (sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI));
    }

    private double[] Norm(string name, double[] row)
    {
        var mean = row.Average();
        var variance = row.Average(x => (x - mean) * (x - mean));
        return [.. row.Select((x, h) => ((x - mean) / Math.Sqrt(variance + _config.LayerNormEpsilon) * Value($"{name}.weight", h))
            + Value($"{name}.bias", h))];
    }

    private double[] Dense(string name, double[] row)
    {
        var weight = checkpoint.Weights[$"{name}.weight"];
        var outputs = new double[weight.Shape[0]];
        for (var o = 0; o < outputs.Length; o++)
        {
            outputs[o] = Value($"{name}.bias", o);
            for (var i = 0; i < row.Length; i++)
                outputs[o] += (double)weight.Values[(o * row.Length) + i] * row[i];
        }

        return outputs;
    }

    private static double[] Sum(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];

    private static double[] Mean(double[][] rows) => [.. rows[0].Select((_, h) => rows.Average(row => row[h]))];

    private float Weight(string name, int row, int column) =>
        checkpoint.Weights[$"{name}.weight"].Values[(row * _config.HiddenSize) + column];

    private float Value(string name, int index) => checkpoint.Weights[name].Values[index];
}

using Dimec.Checkpoints;

namespace Dimec.Testing.Bundles;

/// <summary>
/// DistilBERT as transformers' <c>modeling_distilbert.py</c> defines it, module by module and under its own names, one sample at a time
/// without padding, in double precision: the embeddings have no token types, queries are scaled before they meet the keys, and ε is 1e-12.
/// </summary>
public sealed class DistilBertReference(Checkpoint checkpoint)
{
    private const double Epsilon = 1e-12;
    private readonly int _heads = checkpoint.Config.Heads;

    /// <summary>The hidden states after the embeddings and after each layer: [layers + 1][tokens][dim].</summary>
    public double[][][] HiddenStates(int[] ids)
    {
        var states = new List<double[][]> { Embeddings(ids) };
        for (var layer = 0; layer < checkpoint.Config.Layers; layer++)
            states.Add(TransformerBlock($"transformer.layer.{layer}", states[^1]));
        return [.. states];
    }

    /// <summary>The logits of one of Dimec's exits on top of them.</summary>
    public double[] Logits(int[] ids, int exit)
    {
        var states = HiddenStates(ids)[exit];
        var exits = checkpoint.Exits!;
        var pooled = exits.Pooling == "cls" ? states[0] : [.. states[0].Select((_, h) => states.Average(row => row[h]))];
        if (exits.Head == "pooler")
            pooled = [.. Linear($"exits.{exit}.dense", pooled).Select(Math.Tanh)];
        return Linear($"exits.{exit}.classifier", pooled);
    }

    private double[][] Embeddings(int[] ids)
    {
        var words = Tensor("embeddings.word_embeddings.weight");
        var positions = Tensor("embeddings.position_embeddings.weight");
        var dim = words.Shape[1];
        return [.. ids.Select((id, place) =>
            LayerNorm(
                "embeddings.LayerNorm",
                [.. Enumerable.Range(0, dim).Select(h => (double)words.Values[(id * dim) + h] + positions.Values[(place * dim) + h])]))];
    }

    private double[][] TransformerBlock(string name, double[][] x)
    {
        var attention = MultiHeadSelfAttention($"{name}.attention", x);
        var middle = x.Zip(attention, (row, attended) => LayerNorm($"{name}.sa_layer_norm", Add(attended, row))).ToArray();
        return [.. middle.Select(row => LayerNorm($"{name}.output_layer_norm", Add(FeedForward($"{name}.ffn", row), row)))];
    }

    private double[][] MultiHeadSelfAttention(string name, double[][] x)
    {
        var dim = x[0].Length;
        var size = dim / _heads;
        var q = x.Select(row => Linear($"{name}.q_lin", row).Select(value => value / Math.Sqrt(size)).ToArray()).ToArray();
        var k = x.Select(row => Linear($"{name}.k_lin", row)).ToArray();
        var v = x.Select(row => Linear($"{name}.v_lin", row)).ToArray();
        return [.. x.Select((_, i) =>
        {
            var context = new double[dim];
            for (var first = 0; first < dim; first += size)
            {
                var weights = Softmax([.. k.Select(key => Enumerable.Range(first, size).Sum(h => q[i][h] * key[h]))]);
                for (var h = first; h < first + size; h++)
                    context[h] = v.Select((value, j) => weights[j] * value[h]).Sum();
            }

            return Linear($"{name}.out_lin", context);
        })];
    }

    private double[] FeedForward(string name, double[] row)
    {
        var inner = Linear($"{name}.lin1", row).Select(x => checkpoint.Config.HiddenActivation switch
        {
            Activation.Gelu => x * (1 + Erf(x / Math.Sqrt(2))) / 2,
            Activation.Relu => Math.Max(x, 0),
            _ => throw new NotSupportedException("transformers' own checkpoints have gelu or relu."),
        });
        return Linear($"{name}.lin2", [.. inner]);
    }

    private double[] LayerNorm(string name, double[] row)
    {
        var (weight, bias) = (Tensor($"{name}.weight").Values, Tensor($"{name}.bias").Values);
        var mean = row.Average();
        var deviation = Math.Sqrt(row.Average(x => (x - mean) * (x - mean)) + Epsilon);
        return [.. row.Select((x, h) => ((x - mean) / deviation * weight[h]) + bias[h])];
    }

    private double[] Linear(string name, double[] row)
    {
        var (weight, bias) = (Tensor($"{name}.weight"), Tensor($"{name}.bias").Values);
        return [.. bias.Select((b, o) => b + row.Select((x, i) => x * weight.Values[(o * row.Length) + i]).Sum())];
    }

    private static double[] Softmax(double[] scores)
    {
        var exponentials = scores.Select(score => Math.Exp(score - scores.Max())).ToArray();
        return [.. exponentials.Select(value => value / exponentials.Sum())];
    }

    /// <summary>
    /// erf(x) = 2/√π · Σ (−1)ⁿ x^(2n+1) / (n! (2n+1)), which converges for every x and loses no digit that matters below |x| = 3.
    /// </summary>
    private static double Erf(double x)
    {
        if (Math.Abs(x) > 3)
            return Math.Sign(x) * (1 - ErfcTail(Math.Abs(x)));
        var (sum, power) = (x, x);
        for (var n = 1; n < 100; n++)
        {
            power *= -x * x / n;
            sum += power / ((2 * n) + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }

    /// <summary>erfc by its continued fraction (Abramowitz, Stegun 7.1.14).</summary>
    private static double ErfcTail(double x)
    {
        var fraction = 0.0;
        for (var n = 60; n > 0; n--)
            fraction = n / 2.0 / (x + fraction);
        return Math.Exp(-x * x) / (Math.Sqrt(Math.PI) * (x + fraction));
    }

    private static double[] Add(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];

    private WeightTensor Tensor(string name) => checkpoint.Weights[name];
}

using Dimec.Predictions;

namespace Dimec.Exits.Stacking;

/// <summary>−Σ log p(gold) of a stacked exit over some samples and its penalty, with what Newton's method asks for.</summary>
internal sealed class StackedLikelihood
{
    private readonly int _inputs;
    private readonly int _classes;
    private readonly int[] _gold;

    /// <summary>[samples × inputs × classes]: log p_j but for a number that all classes share.</summary>
    private readonly double[] _values;

    public StackedLikelihood(RecordedExits part, IReadOnlyList<int> inputs, IReadOnlyList<int> samples, int biases)
    {
        (_inputs, _classes, Biases) = (inputs.Count, part.Classes, biases);
        _gold = [.. samples.Select(sample => part.Gold[sample])];
        _values = new double[samples.Count * inputs.Count * part.Classes];
        for (var i = 0; i < samples.Count; i++)
        {
            for (var j = 0; j < inputs.Count; j++)
                Fill(part.LogitsAt(samples[i], inputs[j]), Of(i, j));
        }
    }

    /// <summary>How many biases there are: as many as classes, or none.</summary>
    public int Biases { get; }

    private int Size => _inputs + Biases;

    /// <summary>The penalised loss at weights and biases.</summary>
    public double Loss(ReadOnlySpan<double> at)
    {
        var loss = Penalty(at);
        Span<double> scores = new double[_classes];
        for (var i = 0; i < _gold.Length; i++)
        {
            Score(i, at, scores);
            loss += LogSum(scores) - scores[_gold[i]];
        }

        return loss;
    }

    /// <summary>H⁻¹ g and g · H⁻¹ g, where g is the loss's gradient and H its matrix of second derivatives.</summary>
    public (double[] Direction, double Decrement) Newton(ReadOnlySpan<double> at)
    {
        var (gradient, second) = (new double[Size], new double[Size * Size]);
        var (scores, features) = (new double[_classes], new double[_inputs]);
        for (var i = 0; i < _gold.Length; i++)
        {
            Score(i, at, scores);
            var total = LogSum(scores);
            for (var label = 0; label < _classes; label++)
                scores[label] = Math.Exp(scores[label] - total);
            AddSample(i, scores, features, gradient, second);
        }

        for (var d = 0; d < Size; d++)
        {
            gradient[d] += Shrinkage(d) * (at[d] - Centre(d));
            second[(d * Size) + d] += Shrinkage(d);
            for (var e = 0; e < d; e++)
                second[(d * Size) + e] = second[(e * Size) + d];
        }

        var direction = Cholesky.Solve(second, gradient);
        var decrement = 0.0;
        for (var d = 0; d < Size; d++)
            decrement += direction[d] * gradient[d];
        return (direction, decrement);
    }

    private static void Fill(ReadOnlySpan<float> logits, Span<double> values)
    {
        double max = logits[Softmax.ArgMax(logits)];
        for (var label = 0; label < logits.Length; label++)
            values[label] = Math.Max(logits[label] - max, StackedExit.Floor);
    }

    private static double LogSum(ReadOnlySpan<double> scores)
    {
        var max = double.NegativeInfinity;
        foreach (var score in scores)
            max = Math.Max(max, score);
        var sum = 0.0;
        foreach (var score in scores)
            sum += Math.Exp(score - max);
        return max + Math.Log(sum);
    }

    private Span<double> Of(int sample, int input) => _values.AsSpan(((sample * _inputs) + input) * _classes, _classes);

    private void Score(int sample, ReadOnlySpan<double> at, Span<double> scores)
    {
        for (var label = 0; label < _classes; label++)
            scores[label] = Biases > 0 ? at[_inputs + label] : 0;
        for (var j = 0; j < _inputs; j++)
        {
            var values = Of(sample, j);
            for (var label = 0; label < _classes; label++)
                scores[label] += at[j] * values[label];
        }
    }

    /// <summary>One sample's part of the gradient and, above the diagonal, of the second derivatives: covariances under p.</summary>
    private void AddSample(int sample, double[] p, double[] means, double[] gradient, double[] second)
    {
        var gold = _gold[sample];
        for (var j = 0; j < _inputs; j++)
        {
            var values = Of(sample, j);
            means[j] = 0;
            for (var label = 0; label < _classes; label++)
                means[j] += p[label] * values[label];
            gradient[j] += means[j] - values[gold];
        }

        for (var j = 0; j < _inputs; j++)
        {
            var values = Of(sample, j);
            for (var l = j; l < _inputs; l++)
            {
                var others = Of(sample, l);
                var product = 0.0;
                for (var label = 0; label < _classes; label++)
                    product += p[label] * values[label] * others[label];
                second[(j * Size) + l] += product - (means[j] * means[l]);
            }

            for (var label = 0; label < Biases; label++)
                second[(j * Size) + _inputs + label] += p[label] * (values[label] - means[j]);
        }

        for (var label = 0; label < Biases; label++)
        {
            var row = (_inputs + label) * Size;
            gradient[_inputs + label] += p[label] - (label == gold ? 1 : 0);
            second[row + _inputs + label] += p[label];
            for (var other = label; other < Biases; other++)
                second[row + _inputs + other] -= p[label] * p[other];
        }
    }

    private double Penalty(ReadOnlySpan<double> at)
    {
        var penalty = 0.0;
        for (var d = 0; d < Size; d++)
            penalty += Shrinkage(d) * (at[d] - Centre(d)) * (at[d] - Centre(d)) / 2;
        return penalty;
    }

    private double Shrinkage(int place) => place < _inputs ? ExitStacker.WeightShrinkage : ExitStacker.BiasShrinkage;

    private double Centre(int place) => place == _inputs - 1 ? 1 : 0;
}

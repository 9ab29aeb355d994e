using System.Numerics.Tensors;
using Dimec.Predictions;

namespace Dimec.Exits.Bench;

/// <summary>
/// A softmax over dense inputs with one hidden layer (ReLU) or none, trained by Adam in batches; inputs are standardized by the training
/// samples'.
/// </summary>
internal sealed class DenseNetwork
{
    private const int Batch = 32;
    private const double Rate = 1e-3;
    private const float Decay = 1e-2f;

    private readonly int _inputs;
    private readonly int _hidden;
    private readonly int _classes;
    private readonly float[] _mean;
    private readonly float[] _scale;

    /// <summary>Of each layer a matrix, a row an output, each with its bias at the end.</summary>
    private readonly float[][] _layers;

    private DenseNetwork(float[][] inputs, int hidden, int classes)
    {
        (_inputs, _hidden, _classes) = (inputs[0].Length, hidden, classes);
        (_mean, _scale) = (new float[_inputs], new float[_inputs]);
        foreach (var input in inputs)
            TensorPrimitives.MultiplyAdd(input, 1f / inputs.Length, _mean, _mean);
        foreach (var input in inputs)
        {
            for (var i = 0; i < _inputs; i++)
                _scale[i] += (input[i] - _mean[i]) * (input[i] - _mean[i]) / inputs.Length;
        }

        for (var i = 0; i < _inputs; i++)
            _scale[i] = _scale[i] > 0 ? 1 / MathF.Sqrt(_scale[i]) : 0;
        _layers = hidden > 0
            ? [new float[hidden * (_inputs + 1)], new float[classes * (hidden + 1)]]
            : [new float[classes * (_inputs + 1)]];
    }

    /// <summary>Trains a network; without a hidden layer where <paramref name="hidden"/> is 0.</summary>
    /// <param name="inputs">A row a sample.</param>
    /// <param name="labels">The samples' classes.</param>
    /// <param name="hidden">The hidden layer's width.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="epochs">Passes, at most.</param>
    /// <param name="stops">Whether a tenth of the samples is held back to say after which pass it was best.</param>
    public static DenseNetwork Train(float[][] inputs, int[] labels, int hidden, int classes, int epochs, bool stops)
    {
        var network = new DenseNetwork(inputs, hidden, classes);
        var random = new Random(1);
        if (hidden > 0)
        {
            for (var i = 0; i < network._layers[0].Length; i++)
                network._layers[0][i] = (i + 1) % (network._inputs + 1) == 0 ? 0 : Normal(random) * MathF.Sqrt(2f / network._inputs);
        }

        var rows = inputs.Select(network.Standard).ToArray();
        var order = Enumerable.Range(0, rows.Length).ToArray();
        random.Shuffle(order);
        int[] held = stops ? order[..(order.Length / 10)] : [];
        var trained = order[held.Length..];
        var (best, least) = (network._layers.Select(layer => layer.ToArray()).ToArray(), double.MaxValue);
        var adam = new Adam(network._layers);
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            random.Shuffle(trained);
            foreach (var batch in trained.Chunk(Batch))
                network.Step(batch, rows, labels, adam, Rate * (1 - ((double)epoch / epochs)));
            if (held.Sum(sample => network.Loss(rows[sample], labels[sample])) is var loss && stops && loss < least)
                (best, least) = (network._layers.Select(layer => layer.ToArray()).ToArray(), loss);
        }

        if (stops)
        {
            foreach (var (place, layer) in best.Index())
                layer.CopyTo(network._layers[place], 0);
        }

        return network;
    }

    public float[] Logits(ReadOnlySpan<float> input) => Forward(Standard(input.ToArray())).Logits;

    private static float Normal(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));

    private float[] Standard(float[] input)
    {
        var standard = new float[_inputs];
        TensorPrimitives.Subtract(input, _mean, standard);
        TensorPrimitives.Multiply(standard, _scale, standard);
        return standard;
    }

    private double Loss(float[] row, int label) => -Math.Log(Math.Max(1e-30, Softmax.Probability(Forward(row).Logits, label)));

    private (float[] Hidden, float[] Logits) Forward(float[] row)
    {
        if (_hidden == 0)
            return (row, Outputs(_layers[0], row, _classes));
        var hidden = Outputs(_layers[0], row, _hidden);
        TensorPrimitives.Max(hidden, 0f, hidden);
        return (hidden, Outputs(_layers[1], hidden, _classes));
    }

    private static float[] Outputs(float[] layer, float[] input, int count)
    {
        var outputs = new float[count];
        for (var o = 0; o < count; o++)
        {
            var row = layer.AsSpan(o * (input.Length + 1), input.Length + 1);
            outputs[o] = TensorPrimitives.Dot(row[..^1], input) + row[^1];
        }

        return outputs;
    }

    private void Step(int[] batch, float[][] rows, int[] labels, Adam adam, double rate)
    {
        adam.Begin();
        foreach (var sample in batch)
        {
            var (hidden, logits) = Forward(rows[sample]);
            Softmax.Probabilities(logits, logits);
            logits[labels[sample]] -= 1;
            TensorPrimitives.Divide(logits, (float)batch.Length, logits);
            var last = _layers.Length - 1;
            Add(adam.Gradients[last], logits, hidden);
            if (_hidden == 0)
                continue;
            var back = new float[_hidden];
            for (var c = 0; c < _classes; c++)
                TensorPrimitives.MultiplyAdd(_layers[1].AsSpan(c * (_hidden + 1), _hidden), logits[c], back, back);
            for (var h = 0; h < _hidden; h++)
                back[h] = hidden[h] > 0 ? back[h] : 0;
            Add(adam.Gradients[0], back, rows[sample]);
        }

        adam.Step(rate, Decay);
    }

    private static void Add(float[] gradient, float[] outputs, float[] input)
    {
        for (var o = 0; o < outputs.Length; o++)
        {
            if (outputs[o] == 0)
                continue;
            var row = gradient.AsSpan(o * (input.Length + 1), input.Length + 1);
            TensorPrimitives.MultiplyAdd(input, outputs[o], row[..^1], row[..^1]);
            row[^1] += outputs[o];
        }
    }
}

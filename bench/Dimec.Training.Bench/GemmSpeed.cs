using System.Diagnostics;
using Dimec.Checkpoints;
using static TorchSharp.torch;

namespace Dimec.Training.Bench;

/// <summary>
/// How fast libtorch multiplies the matrices that a training step is made of, and nothing else:
/// the speed that a whole step is held against.
/// </summary>
/// <param name="encoder">The encoder, whose shapes are multiplied.</param>
/// <param name="tokens">Tokens of a batch.</param>
/// <param name="type">The precision.</param>
internal sealed class GemmSpeed(EncoderConfig encoder, long tokens, ScalarType type)
{
    /// <summary>Floating-point operations a second: of forward, input gradient and weight gradient of a layer's four matrices.</summary>
    public double Measure()
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var (hidden, inner) = (encoder.HiddenSize, encoder.IntermediateSize);
        var sizes = new[] { (hidden, 3 * hidden), (hidden, hidden), (hidden, inner), (inner, hidden) };
        var operands = sizes.Select(size => (
            Input: Random(tokens, size.Item1), Weight: Random(size.Item2, size.Item1), Gradient: Random(tokens, size.Item2))).ToArray();
        Multiply(operands);
        var watch = Stopwatch.StartNew();
        Multiply(operands);
        return sizes.Sum(size => 3 * 2.0 * tokens * size.Item1 * size.Item2) / watch.Elapsed.TotalSeconds;
    }

    /// <summary>Operations that a training step needs for a real token in a text of this many; heads are left out.</summary>
    public static double OfToken(EncoderConfig encoder, double length)
    {
        double hidden = encoder.HiddenSize;
        var matrices = (4 * hidden * hidden) + (2 * hidden * encoder.IntermediateSize);
        return 3 * 2 * encoder.Layers * (matrices + (2 * length * hidden));
    }

    private static void Multiply((Tensor Input, Tensor Weight, Tensor Gradient)[] operands)
    {
        foreach (var (input, weight, gradient) in operands)
        {
            input.matmul(weight.t()).Dispose();
            gradient.matmul(weight).Dispose();
            gradient.t().matmul(input).Dispose();
        }
    }

    private Tensor Random(long rows, long columns) => randn(rows, columns).to_type(type);
}

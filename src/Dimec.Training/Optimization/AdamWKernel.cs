using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Dimec.Training.Optimization;

/// <summary>
/// AdamW over spans, in PyTorch's order of operations. Every element goes through the same multiplications and additions whether it is in a
/// vector or in the tail, and none is contracted, so the result depends neither on how the work is cut nor on when it is done.
/// </summary>
internal static class AdamWKernel
{
    /// <summary>One step with a gradient.</summary>
    public static void Update(
        ReadOnlySpan<float> gradient, float scale, Span<float> value, Span<float> first, Span<float> second, in AdamWStep step)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(gradient);
        var values = MemoryMarshal.Cast<float, Vector<float>>(value);
        var firsts = MemoryMarshal.Cast<float, Vector<float>>(first);
        var seconds = MemoryMarshal.Cast<float, Vector<float>>(second);
        for (var i = 0; i < vectors.Length; i++)
            Step(vectors[i] * scale, ref values[i], ref firsts[i], ref seconds[i], step);
        for (var i = vectors.Length * Vector<float>.Count; i < gradient.Length; i++)
            Tail(gradient[i] * scale, ref value[i], ref first[i], ref second[i], step);
    }

    /// <summary>Several steps in a row without a gradient: what a row that no batch has touched since still owes.</summary>
    public static void Replay(Span<float> value, Span<float> first, Span<float> second, ReadOnlySpan<AdamWStep> steps)
    {
        var values = MemoryMarshal.Cast<float, Vector<float>>(value);
        var firsts = MemoryMarshal.Cast<float, Vector<float>>(first);
        var seconds = MemoryMarshal.Cast<float, Vector<float>>(second);
        for (var i = 0; i < values.Length; i++)
        {
            var (v, m, s) = (values[i], firsts[i], seconds[i]);
            foreach (ref readonly var step in steps)
                Step(Vector<float>.Zero, ref v, ref m, ref s, step);
            (values[i], firsts[i], seconds[i]) = (v, m, s);
        }

        for (var i = values.Length * Vector<float>.Count; i < value.Length; i++)
        {
            foreach (ref readonly var step in steps)
                Tail(0, ref value[i], ref first[i], ref second[i], step);
        }
    }

    /// <summary>Several steps in a row for a row whose moments are all zero: only the decay is left of them.</summary>
    public static void ReplayDecay(Span<float> value, ReadOnlySpan<AdamWStep> steps)
    {
        var values = MemoryMarshal.Cast<float, Vector<float>>(value);
        for (var i = 0; i < values.Length; i++)
        {
            var v = values[i];
            foreach (ref readonly var step in steps)
                v *= step.Decay;
            values[i] = v;
        }

        for (var i = values.Length * Vector<float>.Count; i < value.Length; i++)
        {
            foreach (ref readonly var step in steps)
                value[i] *= step.Decay;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(
        Vector<float> gradient, ref Vector<float> value, ref Vector<float> first, ref Vector<float> second, in AdamWStep step)
    {
        first += (gradient - first) * step.OneMinusBeta1;
        second = (second * step.Beta2) + (gradient * gradient * step.OneMinusBeta2);
        var denominator = (Vector.SquareRoot(second) / new Vector<float>(step.RootCorrection2)) + new Vector<float>(step.Epsilon);
        value = (value * step.Decay) - (first / denominator * step.StepSize);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tail(float gradient, ref float value, ref float first, ref float second, in AdamWStep step)
    {
        first += (gradient - first) * step.OneMinusBeta1;
        second = (second * step.Beta2) + (gradient * gradient * step.OneMinusBeta2);
        var denominator = (MathF.Sqrt(second) / step.RootCorrection2) + step.Epsilon;
        value = (value * step.Decay) - (first / denominator * step.StepSize);
    }
}

using System.Numerics.Tensors;
using Dimec.Bundles;
using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;
using Dimec.Policies.Resuming;
using Tensor = Dimec.OpenInference.Tensors.Tensor;

namespace Dimec.Inference.Walks;

/// <summary>
/// Hidden states as tensors: <c>hidden_states</c> [rows, tokens, hidden] as FP32, FP16 or INT8, the last with <c>hidden_scales</c>
/// [rows, tokens], by which a token's numbers are multiplied.
/// </summary>
internal static class HiddenStateCodec
{
    private const float Largest = sbyte.MaxValue;

    /// <summary>The tensors of states.</summary>
    /// <param name="states">Rows × tokens × hidden; finite.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="tokens">Tokens a row.</param>
    /// <param name="format">In what numbers.</param>
    public static IReadOnlyList<Tensor> Encode(ReadOnlySpan<float> states, int rows, int tokens, HiddenStateFormat format)
    {
        long[] shape = [rows, tokens, rows * tokens == 0 ? 0 : states.Length / (rows * tokens)];
        switch (format)
        {
            case HiddenStateFormat.Fp32:
                return [Tensor.From(TierNames.HiddenStates, shape, states)];
            case HiddenStateFormat.Fp16:
                var halves = new Half[states.Length];
                TensorPrimitives.ConvertToHalf(states, halves);
                return [Tensor.From<Half>(TierNames.HiddenStates, shape, halves)];
            default:
                var (numbers, scales) = Quantized(states, rows * tokens);
                return
                [
                    Tensor.From<sbyte>(TierNames.HiddenStates, shape, numbers),
                    Tensor.From<float>(TierNames.HiddenScales, [rows, tokens], scales),
                ];
        }
    }

    /// <summary>The states of tensors.</summary>
    /// <param name="states">The tensor <c>hidden_states</c>, of whatever type.</param>
    /// <param name="scales">The tensor <c>hidden_scales</c>; null where there is none.</param>
    /// <param name="hidden">Numbers a token.</param>
    /// <returns>Rows × tokens × hidden.</returns>
    /// <exception cref="ProtocolException">A shape or a type is another.</exception>
    public static float[] Decode(Tensor states, Tensor? scales, int hidden)
    {
        if (states.Shape is not [var rows, var tokens, var size] || size != hidden)
        {
            throw new ProtocolException(
                $"'{states.Name}' has the shape {TensorShape.Format(states.Shape)}; give [rows, tokens, {hidden}]");
        }

        if (states.Type == DataType.Int8 != scales is not null)
        {
            throw new ProtocolException(
                $"'{TierNames.HiddenScales}' {(scales is null ? "is missing, which INT8" : "is given, which INT8 alone")} needs");
        }

        switch (states.Type)
        {
            case DataType.Float32:
                return states.ToArray<float>();
            case DataType.Float16:
                var numbers = new float[states.Count];
                TensorPrimitives.ConvertToSingle(states.ToArray<Half>(), numbers);
                return numbers;
            case DataType.Int8:
                if (!scales!.Shape.AsSpan().SequenceEqual([rows, tokens]))
                {
                    throw new ProtocolException(
                        $"'{scales.Name}' has the shape {TensorShape.Format(scales.Shape)}; give [{rows}, {tokens}], a number a token");
                }

                return Scaled(states.ToArray<sbyte>(), scales.ToArray<float>(), hidden);
            default:
                throw new ProtocolException(
                    $"'{states.Name}' has the datatype {DataTypes.NameOf(states.Type)}; give FP32, FP16 or INT8");
        }
    }

    private static (sbyte[] Numbers, float[] Scales) Quantized(ReadOnlySpan<float> states, int tokens)
    {
        var (numbers, scales) = (new sbyte[states.Length], new float[tokens]);
        var size = tokens == 0 ? 0 : states.Length / tokens;
        for (var token = 0; token < tokens; token++)
        {
            var values = states.Slice(token * size, size);
            var scale = scales[token] = TensorPrimitives.MaxMagnitude(values) is var most && most != 0 ? Math.Abs(most) / Largest : 1;
            for (var i = 0; i < size; i++)
                numbers[(token * size) + i] = (sbyte)MathF.Round(values[i] / scale);
        }

        return (numbers, scales);
    }

    private static float[] Scaled(ReadOnlySpan<sbyte> numbers, ReadOnlySpan<float> scales, int size)
    {
        var states = new float[numbers.Length];
        for (var i = 0; i < states.Length; i++)
            states[i] = numbers[i] * scales[i / size];
        return states;
    }
}

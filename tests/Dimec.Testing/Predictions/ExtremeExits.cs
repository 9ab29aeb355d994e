using CsCheck;
using Dimec.Predictions;

namespace Dimec.Testing.Predictions;

/// <summary>
/// Records whose logits, embeddings and states are any finite fp32 numbers: the largest, the smallest, zeros of both signs, many equal.
/// </summary>
public static class ExtremeExits
{
    /// <summary>Any finite fp32 number, those at the edges often.</summary>
    public static Gen<float> Number { get; } = CsCheck.Gen.Frequency(
        (3, CsCheck.Gen.OneOf(
            float.MaxValue, -float.MaxValue, 3e38f, -3e38f, 0f, -0f, float.Epsilon, -float.Epsilon, 1f, -1f, 89f, -104f, 1.1754942e-38f)),
        (1, CsCheck.Gen.Float[-1e6f, 1e6f]),
        (1, CsCheck.Gen.Float[-float.MaxValue / 2, float.MaxValue / 2]));

    /// <summary>
    /// A part with exit 0 and exits at the layers 1 to 6, embeddings of three numbers, and states of two at the second exit.
    /// </summary>
    public static Gen<RecordedExits> Gen(string part, int least = 1, int most = 25, int classes = 3) =>
        from n in CsCheck.Gen.Int[least, most]
        from logits in Number.Array[n * 6 * classes]
        from gold in CsCheck.Gen.Int[0, classes - 1].Array[n]
        from embeddings in Number.Array[n * 3]
        from states in Number.Array[n * 2]
        from zero in Number.Array[n * classes]
        select Make(part, n, classes, logits, gold, embeddings, states).WithExitZero(zero);

    private static RecordedExits Make(string part, int n, int classes, float[] logits, int[] gold, float[] embeddings, float[] states)
    {
        var builder = new RecordedExitsBuilder(part, [1, 2, 3, 4, 5, 6], classes, 3, [2], 2);
        for (var i = 0; i < n; i++)
        {
            builder.Add(
                $"{part[0]}{i}", gold[i], logits.AsSpan(i * 6 * classes, 6 * classes), embeddings.AsSpan(3 * i, 3),
                states.AsSpan(2 * i, 2));
        }

        return builder.Build();
    }
}

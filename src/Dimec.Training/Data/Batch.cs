using static TorchSharp.torch;

namespace Dimec.Training.Data;

/// <summary>Some samples of a part, padded to the longest of them.</summary>
internal sealed class Batch
{
    /// <summary>Gathers samples.</summary>
    /// <param name="part">The part.</param>
    /// <param name="samples">Indices into it.</param>
    /// <param name="padId">The padding token.</param>
    public Batch(EncodedPart part, ReadOnlySpan<int> samples, int padId)
    {
        Samples = samples.ToArray();
        PadId = padId;
        foreach (var sample in samples)
            Length = Math.Max(Length, part.Lengths[sample]);
        Ids = new long[Count * Length];
        Ids.AsSpan().Fill(padId);
        for (var row = 0; row < Count; row++)
        {
            var encoding = part.Texts[Samples[row]];
            for (var token = 0; token < encoding.Ids.Length; token++)
                Ids[(row * Length) + token] = encoding.Ids[token];
            if (encoding.TypeIds.AsSpan().ContainsAnyExcept(0))
                SetTypes(row, encoding.TypeIds);
            IsPadded |= encoding.Ids.Length < Length;
        }

        Lengths = [.. Samples.Select(sample => part.Lengths[sample])];
        Labels = [.. Samples.Select(sample => (long)part.Dataset.Samples[sample].Label)];
    }

    /// <summary>Indices of the samples in their part.</summary>
    public int[] Samples { get; }

    /// <summary>Number of samples, B.</summary>
    public int Count => Samples.Length;

    /// <summary>Tokens of the longest sample, T.</summary>
    public int Length { get; }

    public int PadId { get; }

    /// <summary>Token ids [B × T].</summary>
    public long[] Ids { get; }

    /// <summary>Token types [B × T]; empty where all are 0, as they are where an encoder's tokens have no types.</summary>
    public long[] TypeIds { get; private set; } = [];

    /// <summary>Real tokens of each sample [B].</summary>
    public int[] Lengths { get; }

    /// <summary>Class indices [B].</summary>
    public long[] Labels { get; }

    /// <summary>Whether any sample is shorter than the longest.</summary>
    public bool IsPadded { get; }

    /// <summary>Whether any token is of a type other than 0.</summary>
    public bool HasTypes => TypeIds.Length > 0;

    /// <summary>1 at real tokens and 0 at padding, [B, T, 1].</summary>
    public Tensor RealTokens()
    {
        var mask = new float[Count * Length];
        for (var row = 0; row < Count; row++)
            mask.AsSpan(row * Length, Lengths[row]).Fill(1);
        return tensor(mask, [Count, Length, 1]);
    }

    /// <summary>The number of real tokens, [B, 1].</summary>
    public Tensor TokenCounts() => tensor(Array.ConvertAll(Lengths, length => (float)length), [Count, 1]);

    private void SetTypes(int row, int[] types)
    {
        if (!HasTypes)
            TypeIds = new long[Count * Length];
        for (var token = 0; token < types.Length; token++)
            TypeIds[(row * Length) + token] = types[token];
    }
}

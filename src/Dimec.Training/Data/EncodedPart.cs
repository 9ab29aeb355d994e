using Dimec.Text;

namespace Dimec.Training.Data;

/// <summary>A part of the data as token ids.</summary>
internal sealed class EncodedPart
{
    private EncodedPart(Dataset dataset, TokenizedText[] encodings)
    {
        Dataset = dataset;
        Texts = encodings;
        Lengths = [.. encodings.Select(encoding => encoding.Ids.Length)];
    }

    public Dataset Dataset { get; }

    public IReadOnlyList<TokenizedText> Texts { get; }

    /// <summary>Tokens of each sample, special ones included.</summary>
    public int[] Lengths { get; }

    public int Count => Lengths.Length;

    public int Truncated => Texts.Count(encoding => encoding.Truncated);

    /// <summary>Tokenizes a part on all cores; the result does not depend on how many there are.</summary>
    public static EncodedPart Encode(Dataset dataset, Func<Sample, TokenizedText> encode, CancellationToken cancellationToken)
    {
        var encodings = new TokenizedText[dataset.Samples.Count];
        Parallel.For(0, encodings.Length, new ParallelOptions { CancellationToken = cancellationToken }, index =>
            encodings[index] = encode(dataset.Samples[index]));
        return new EncodedPart(dataset, encodings);
    }
}

namespace Dimec.Serving.Bench;

/// <summary>
/// How many tokens texts have: 40 quantiles of the 1,821 sentences of GLUE's SST-2 test part under MiniLM's tokenizer (mean 24.9, 4 to 64).
/// </summary>
internal static class TextLengths
{
    private static readonly int[] s_quantiles =
    [
        7, 9, 10, 11, 12, 13, 14, 14, 15, 16, 17, 18, 18, 19, 20, 21, 21, 22, 23, 24,
        24, 25, 26, 27, 27, 28, 29, 29, 30, 31, 32, 33, 35, 36, 37, 39, 40, 42, 45, 53,
    ];

    /// <summary>Token ids of made texts of such lengths, the same every time.</summary>
    public static long[][] Texts(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => Text(s_quantiles[random.Next(s_quantiles.Length)], random))];
    }

    /// <summary>A made text.</summary>
    public static long[] Text(int length, Random random) =>
        [2, .. Enumerable.Range(0, length - 2).Select(_ => (long)random.Next(5, 30_000)), 3];
}

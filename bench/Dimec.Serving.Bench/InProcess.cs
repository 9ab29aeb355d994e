using System.Diagnostics;
using System.Globalization;
using Dimec.Inference;
using Dimec.Inference.Batching;
using Dimec.Text;

namespace Dimec.Serving.Bench;

/// <summary>
/// What one would do without a server: the edge's model called in process on one thread, on the best batches that there are, of texts that
/// are all at hand and sorted by length; and one at a time.
/// </summary>
internal static class InProcess
{
    /// <summary>Prints texts a second in the best batches, the tokens of these, and the median milliseconds of a text alone.</summary>
    public static void Run(string folder, int seconds)
    {
        using var model = TierModel.Load(Bundle.Open(folder), "edge", new TierModelOptions { Threads = 1 });
        TokenizedText[] texts = [.. TextLengths.Texts(1000).Select(ids =>
            new TokenizedText(Array.ConvertAll(ids, id => (int)id), new int[ids.Length], false))];
        var (best, tokens) = new[] { 256, 512, 1024, 2048, 4096 }
            .Select(tokens => (Rate(model, texts, tokens, seconds / 5.0), Tokens: tokens)).Max();
        var alone = texts.Take(300).Select(text =>
        {
            var start = Stopwatch.GetTimestamp();
            model.Run([text]);
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }).Skip(50).Order().ToArray();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{best} {tokens} {alone[alone.Length / 2]}"));
    }

    private static double Rate(TierModel model, TokenizedText[] texts, int tokens, double seconds)
    {
        var batches = LengthBatches.Of(texts, 128, tokens).Select(places => places.Select(place => texts[place]).ToArray()).ToArray();
        var (start, done) = (Stopwatch.GetTimestamp(), 0);
        // At least once through all of them: each batch is of one length.
        for (var i = 0; i % batches.Length != 0 || i == 0 || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; i++)
        {
            model.Run(batches[i % batches.Length]);
            done += batches[i % batches.Length].Length;
        }

        return done / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}

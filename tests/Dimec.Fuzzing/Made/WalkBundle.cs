using System.Globalization;
using System.Text.Json;
using Dimec.Checkpoints;
using Dimec.Costs;
using Dimec.Exits.Ngrams;
using Dimec.Export;
using Dimec.Inference;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Testing;
using Dimec.Testing.Bundles;
using Dimec.Text;

namespace Dimec.Fuzzing.Made;

/// <summary>
/// A bundle of a tiny random encoder of five layers with a ladder over all its exits and exit 0: mobile stops at 1 and 2, edge at 3 and 4,
/// cloud at 5; the client carries hidden states.
/// </summary>
internal sealed class WalkBundle : IDisposable
{
    private static readonly (int Exit, string Tier)[] s_stops =
        [(0, "mobile"), (1, "mobile"), (2, "mobile"), (3, "edge"), (4, "edge"), (5, "cloud")];

    private readonly TemporaryFolder _folder = new();

    public WalkBundle()
    {
        var tokenizer = TinyBundle.Tokenizer();
        var checkpoint = RandomCheckpoint.Create(
            RandomCheckpoint.Config(layers: 5), new ExitHeadConfig([1, 2, 3, 4, 5], "pooler", "mean", ["no", "yes"], 32));
        Ngram = Train(tokenizer);
        Folder = _folder.File("bundle");
        BundleWriter.Write(
            new BundleRequest
            {
                Checkpoint = checkpoint,
                Plan = Plan(),
                WriteTokenizer = tokenizer.WriteTokenizerJson,
                WriteNgram = Ngram.Write,
                Revision = 3,
            },
            Folder);
        Bundle = Bundle.Open(Folder);
    }

    public string Folder { get; }

    public Bundle Bundle { get; }

    public NgramModel Ngram { get; }

    /// <summary>An exit 0 that was trained on a few texts.</summary>
    public static NgramModel Train(WordPieceTokenizer tokenizer, bool isWide = true)
    {
        var room = new int[32];
        NgramSample[] samples = [.. Enumerable.Range(0, 60).Select(i =>
        {
            var text = string.Join(' ', Enumerable.Range(0, 1 + (i % 7)).Select(place => $"word{(i + (place * 5)) % 32}"));
            return new NgramSample(room[..tokenizer.Encode(text, room)], null, i % 2);
        })];
        var weights = NgramTrainer.Train(
            samples, 2, tokenizer.TokenizerJsonHash(), new NgramOptions { Epochs = 2, LearningRate = 0.5, TableBits = 12 });
        // Where there is no room for 16 bits, weights have 8.
        return weights.Quantize(isWide ? int.MaxValue : (int)NgramFormat.Length(weights.Shape with { IsWide = false }, weights.RowCount));
    }

    public void Dispose() => _folder.Dispose();

    private static Plan Plan()
    {
        var stops = s_stops.Select((stop, place) => new Dictionary<string, object>
        {
            ["exit"] = stop.Exit,
            ["tier"] = stop.Tier,
            ["start"] = place == 0 || (s_stops[place - 1].Tier == stop.Tier && stop.Exit > 1) ? "here" : stop.Exit == 1 ? "text"
                : "carried",
            ["weights"] = s_stops.Take(place + 1).ToDictionary(
                before => before.Exit.ToString(CultureInfo.InvariantCulture), before => before.Exit == stop.Exit ? 1.2 : 0.3),
            ["bias"] = place == 0 ? [0.0, 0.0] : new[] { 0.05, -0.05 },
            ["threshold"] = 0.7,
        }).ToArray();
        stops[^1].Remove("threshold");
        var costs = CostStructure.Default([2, 4, 5]);
        var factory = PolicyList.Default.Find("ladder", costs, "policy");
        return new Plan
        {
            Factory = factory,
            Parameters = factory.Read(
                JsonElement.Parse(JsonSerializer.Serialize(new Dictionary<string, object> { ["stops"] = stops })), costs, "plan"),
            Costs = costs,
            Expected = new ExpectedOutcome(0, 0, 0, 0, new Dictionary<string, double>()),
        };
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using Dimec.Checkpoints;
using Dimec.Costs;
using Dimec.Exits.Ngrams;
using Dimec.Export;
using Dimec.Inference;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Policies.Resuming;
using Dimec.Predictions;
using Dimec.Text;

namespace Dimec.Serving.Tests.ClientAndTier;

/// <summary>
/// A real bundle of a tiny random encoder of five layers with a ladder over all its exits and exit 0: mobile stops at 1 and 2, edge at 3
/// and 4, cloud at 5. Thresholds lie amid the confidences, so that every stop answers some of <see cref="Texts"/>.
/// </summary>
internal sealed class LadderBundle : IDisposable
{
    private static readonly (int Exit, string Tier)[] s_stops =
        [(0, "mobile"), (1, "mobile"), (2, "mobile"), (3, "edge"), (4, "edge"), (5, "cloud")];

    private readonly TemporaryFolder _folder = new();
    private readonly Checkpoint _checkpoint;

    private readonly WordPieceTokenizer _tokenizer = WordPieceTokenizer.FromVocabulary(
        new MemoryStream(Encoding.UTF8.GetBytes(
            string.Join('\n', (string[])["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. Letters]) + "\n")),
        lowercase: true);

    /// <param name="start">How edge and cloud come to their first stop: <c>forwarded</c>, <c>carried</c> or <c>text</c>.</param>
    /// <param name="format">In what numbers hidden states travel.</param>
    /// <param name="compressed">Whether they are compressed.</param>
    /// <param name="precision">In what numbers the models compute.</param>
    /// <param name="isShadow">Whether the plan has the cloud answer everything, stacked on exit 0, instead.</param>
    /// <param name="revision">Its revision, of which its weights depend.</param>
    public LadderBundle(
        string start = "forwarded", HiddenStateFormat format = HiddenStateFormat.Fp32, bool compressed = false,
        ModelPrecision precision = ModelPrecision.Fp32, bool isShadow = false, int revision = 3)
    {
        _checkpoint = RandomCheckpoint.Create(
            RandomCheckpoint.Config(layers: 5), new ExitHeadConfig([1, 2, 3, 4, 5], "pooler", "mean", ["no", "yes"], 32), seed: revision);
        var random = new Random(11);
        Texts = [.. Enumerable.Range(0, 150)
            .Select(_ => string.Join(' ', Enumerable.Range(0, random.Next(1, 30)).Select(_ => Letters[random.Next(Letters.Length)])))];
        var ngram = NgramTrainer.Train(
            [.. Texts.Select(text => new NgramSample(Ids(text), null, text[0] < 'm' ? 0 : 1))], 2, _tokenizer.TokenizerJsonHash(),
            new NgramOptions { Epochs = 2, LearningRate = 0.1 }).Quantize();
        Offline = Record(ngram, precision);
        var thresholds = new double[s_stops.Length];
        for (var stop = 0; stop < s_stops.Length - 1; stop++)
            thresholds[stop] = Middle(Plan(start, thresholds, stop + 1));
        Folder = _folder.File("bundle");
        BundleWriter.Write(
            new BundleRequest
            {
                Checkpoint = _checkpoint,
                Precision = precision,
                Plan = (isShadow ? Shadow() : Plan(start, thresholds, s_stops.Length)) with
                {
                    HiddenStates = new HiddenStateTransfer(format, compressed),
                },
                WriteTokenizer = _tokenizer.WriteTokenizerJson,
                WriteNgram = ngram.Write,
                Revision = revision,
            },
            Folder);
        Bundle = Bundle.Open(Folder);
    }

    public string Folder { get; }

    public Bundle Bundle { get; }

    public IReadOnlyList<string> Texts { get; }

    /// <summary>What every exit of the trained encoder says to the texts.</summary>
    public RecordedExits Offline { get; }

    /// <summary>What the plan does with the texts, played over the recorded exits.</summary>
    public PolicyRun Played => PolicyRunner.Run(Bundle.Plan.CreatePolicy(), Offline, Bundle.Plan.Costs);

    public void Dispose() => _folder.Dispose();

    private static string[] Letters { get; } = [.. Enumerable.Range('a', 26).Select(letter => $"{(char)letter}")];

    private int[] Ids(string text)
    {
        var room = new int[32];
        return room[.._tokenizer.Encode(text, room)];
    }

    /// <summary>By a bundle in which every layer is a tier's last, so that no model of a stretch is used.</summary>
    private RecordedExits Record(NgramModel ngram, ModelPrecision precision)
    {
        var costs = CostStructure.Default([1, 2, 3, 4, 5]);
        var factory = PolicyList.Default.Find("cloud", costs, "policy");
        var folder = _folder.File("whole");
        BundleWriter.Write(
            new BundleRequest
            {
                Checkpoint = _checkpoint,
                Precision = precision,
                Plan = Plan(factory, "{}", costs),
                WriteTokenizer = _tokenizer.WriteTokenizerJson,
            },
            folder);
        var bundle = Bundle.Open(folder);
        var exits = new float[5][];
        foreach (var (place, tier) in bundle.Manifest.Tiers.Index())
        {
            using var model = TierModel.Load(bundle, tier.Name);
            exits[place] = [.. Texts.SelectMany(text => model.Run([_tokenizer.Encode(text, null, 32)]))];
        }

        var builder = new RecordedExitsBuilder("dev", [1, 2, 3, 4, 5], 2, 0);
        var zero = new float[2 * Texts.Count];
        foreach (var (i, text) in Texts.Index())
        {
            builder.Add($"{i}", 0, exits.SelectMany(own => own[(2 * i)..((2 * i) + 2)]).ToArray(), []);
            ngram.Score(Ids(text), [], zero.AsSpan(2 * i, 2));
        }

        return builder.Build().WithExitZero(zero);
    }

    private double Middle(Plan plan)
    {
        var run = PolicyRunner.Run(plan.CreatePolicy(), Offline, plan.Costs);
        var most = run.Costs.Max();
        float[] last = [.. run.Confidences.Where((_, i) => run.Costs[i] == most).Order()];
        // In the widest gap of the middle third: nobody's confidence is so near it that the order of a sum would decide.
        var place = Enumerable.Range(last.Length / 3, Math.Max(1, last.Length / 3)).MaxBy(i => last[i] - last[i - 1]);
        return (last[place] + last[place - 1]) / 2;
    }

    /// <summary>The ladder of the first stops; each is combined with those before it, by numbers that are somebody's choice.</summary>
    private static Plan Plan(string start, double[] thresholds, int count)
    {
        var stops = s_stops.Take(count).Select((stop, place) => new Dictionary<string, object>
        {
            ["exit"] = stop.Exit,
            ["tier"] = stop.Tier,
            ["start"] = place == 0 || (s_stops[place - 1].Tier == stop.Tier && stop.Exit > 1) ? "here" : stop.Exit == 1 ? "text" : start,
            ["weights"] = s_stops.Take(place + 1).ToDictionary(
                before => before.Exit.ToString(CultureInfo.InvariantCulture), before => before.Exit == stop.Exit ? 1.2 : 0.3),
            ["bias"] = place == 0 ? [0.0, 0.0] : new[] { 0.05, -0.05 },
            ["threshold"] = thresholds[place],
        }).ToArray();
        stops[^1].Remove("threshold");
        var costs = CostStructure.Default([2, 4, 5]);
        return Plan(
            PolicyList.Default.Find("ladder", costs, "policy"),
            JsonSerializer.Serialize(new Dictionary<string, object> { ["stops"] = stops }), costs);
    }

    private static Plan Shadow()
    {
        var costs = CostStructure.Default([2, 4, 5]);
        return Plan(
            PolicyList.Default.Find("stacked-cloud", costs, "policy"),
            """
            {"stops":[{"exit":0,"tier":"mobile","start":"here","weights":{"0":1},"bias":[0,0],"threshold":2},
            {"exit":5,"tier":"cloud","start":"text","weights":{"0":0.3,"5":1.2},"bias":[0,0]}]}
            """,
            costs);
    }

    private static Plan Plan(IPolicyFactory factory, string parameters, CostStructure costs) => new()
    {
        Factory = factory,
        Parameters = factory.Read(JsonElement.Parse(parameters), costs, "plan"),
        Costs = costs,
        Expected = new ExpectedOutcome(0, 0, 0, 0, costs.Tiers.ToDictionary(tier => tier.Name, _ => 1.0 / costs.Tiers.Count))
        {
            // Half of what the first tier answers is exit 0's.
            AnsweredAt = new Dictionary<int, double>(costs.Tiers.Select((tier, place) =>
                KeyValuePair.Create(tier.Depth, (place == 0 ? 0.5 : 1) / costs.Tiers.Count)))
            {
                [0] = 0.5 / costs.Tiers.Count,
            },
        },
    };
}

using System.Text.Json;
using Dimec.Bundles;
using Dimec.Checkpoints;
using Dimec.Costs;
using Dimec.Export;
using Dimec.Inference;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Text;

namespace Dimec.Serving.Tests.ClientAndTier;

/// <summary>
/// A real bundle of a tiny random encoder: letters are tokens; mobile, edge and cloud answer at layers 1, 2 and 3 and cost 1, 2.5 and 4.5.
/// </summary>
internal sealed class TestBundle : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TestBundle(
        string policy = "edge", string parameters = "{}", int seed = 1, int revision = 3, bool golden = true, bool hasPair = false,
        Action<Checkpoint>? change = null, CostStructure? costs = null)
    {
        Folder = _folder.File("bundle");
        var checkpoint = RandomCheckpoint.Create(seed: seed);
        if (hasPair)
            checkpoint = RandomCheckpoint.Create(exits: checkpoint.Exits! with { HasPair = true }, seed: seed);
        change?.Invoke(checkpoint);
        var tokenizer = WordPieceTokenizer.FromVocabulary(
            new MemoryStream(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', Vocabulary) + "\n")), lowercase: true);
        costs ??= CostStructure.Default([1, 2, 3]);
        var factory = PolicyList.Default.Find(policy, costs, "policy");
        var request = new BundleRequest
        {
            Checkpoint = checkpoint,
            Plan = new Plan
            {
                Factory = factory,
                Parameters = factory.Read(JsonElement.Parse(parameters), costs, "plan"),
                Costs = costs,
                Expected = new ExpectedOutcome(0, 0, 0, 0, new Dictionary<string, double>()),
            },
            WriteTokenizer = tokenizer.WriteTokenizerJson,
            Revision = revision,
        };
        BundleWriter.Write(request, Folder);
        if (golden)
            BundleWriter.Write(request with { Golden = Golden(Folder) }, Folder);
        Bundle = Bundle.Open(Folder);
    }

    public string Folder { get; }

    public Bundle Bundle { get; }

    /// <summary>The logits that a tier's model gives to a text alone.</summary>
    public static float[] LogitsOf(Bundle bundle, string tier, string text)
    {
        using var model = TierModel.Load(bundle, tier);
        return model.Run([bundle.Tokenizer.Encode(text, null, bundle.Manifest.MaxLength)]);
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<string> Vocabulary =>
        [
            "[PAD]",
            "[UNK]",
            "[CLS]",
            "[SEP]",
            "[MASK]",
            .. Enumerable.Range('a', 26).Select(letter => $"{(char)letter}"),
            .. Enumerable.Range(0, 10).Select(digit => $"{digit}"),
        ];

    private static GoldenSample[] Golden(string folder)
    {
        var bundle = Bundle.Open(folder);
        return [.. new[] { "a b c", "z", "q r s t u v w" }.Select(text => new GoldenSample(
            text, null, bundle.Manifest.Tiers.ToDictionary(tier => tier.Exit, tier => LogitsOf(bundle, tier.Name, text))))];
    }
}

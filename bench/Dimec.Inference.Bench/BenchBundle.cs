using Dimec.Checkpoints;
using Dimec.Costs;
using Dimec.Export;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Testing.Bundles;
using Dimec.Text;

namespace Dimec.Inference.Bench;

/// <summary>
/// A bundle of MiniLM's shape (6 layers, hidden 384, 12 heads) at depths 2, 4 and 6 with random weights: speed does not depend on them.
/// </summary>
internal static class BenchBundle
{
    private static readonly EncoderConfig s_config = new()
    {
        HiddenSize = 384,
        Layers = 6,
        Heads = 12,
        IntermediateSize = 1536,
        VocabularySize = 30522,
        MaxPositions = 512,
    };

    public static BundleRequest Request()
    {
        var costs = CostStructure.Default([2, 4, 6]);
        var exits = new ExitHeadConfig([2, 4, 6], ExitHeadConfig.PoolerHead, ExitHeadConfig.MeanPooling, ["no", "yes"], 128);
        return new BundleRequest
        {
            Checkpoint = RandomCheckpoint.Create(s_config, exits),
            Plan = new Plan
            {
                Factory = PolicyList.Default.Find("cloud", costs, "policy"),
                Parameters = NoParameters.Instance,
                Costs = costs,
                Expected = new ExpectedOutcome(0.5, costs.Cloud, 0, 0, new Dictionary<string, double> { ["cloud"] = 1 }),
            },
            WriteTokenizer = Tokenizer().WriteTokenizerJson,
        };
    }

    public static string Write()
    {
        var folder = Path.Combine(Directory.CreateTempSubdirectory("dimec-bench-").FullName, "bundle");
        BundleWriter.Write(Request(), folder);
        return folder;
    }

    private static WordPieceTokenizer Tokenizer()
    {
        var words = Enumerable.Range(0, s_config.VocabularySize - 5).Select(i => $"w{i}");
        var vocabulary = string.Join('\n', ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. words]);
        return WordPieceTokenizer.FromVocabulary(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(vocabulary)), lowercase: true);
    }
}

using Dimec.Checkpoints;
using Dimec.Costs;
using Dimec.Export;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Predictions;
using Dimec.Testing.Bundles;
using Dimec.Text;

namespace Dimec.Serving.Bench;

/// <summary>A bundle whose plan sends every text to the edge; its weights are random, which its speed does not depend on.</summary>
internal static class ServingBundle
{
    /// <summary>all-MiniLM-L6-v2's shape.</summary>
    public static EncoderConfig MiniLm { get; } = new()
    {
        HiddenSize = 384,
        Layers = 6,
        Heads = 12,
        IntermediateSize = 1536,
        VocabularySize = 30522,
        MaxPositions = 512,
    };

    public static void Write(EncoderConfig config, int[] depths, string folder, ModelPrecision precision = ModelPrecision.Fp32,
        int revision = 1)
    {
        var words = Enumerable.Range(0, config.VocabularySize - 5).Select(i => $"w{i}");
        var vocabulary = string.Join('\n', ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. words]);
        BundleWriter.Write(new BundleRequest
        {
            Checkpoint = RandomCheckpoint.Create(
                config, new ExitHeadConfig(
                    depths, ExitHeadConfig.PoolerHead, ExitHeadConfig.MeanPooling, ["no", "yes"], config.MaxPositions)),
            Precision = precision,
            Revision = revision,
            Plan = new Plan
            {
                Factory = PolicyList.Default.Find("edge", CostStructure.Default(depths), "policy"),
                Parameters = NoParameters.Instance,
                Costs = CostStructure.Default(depths),
                Expected = new ExpectedOutcome(0, 0, 0, 0, new Dictionary<string, double>()),
            },
            WriteTokenizer = WordPieceTokenizer.FromVocabulary(
                new MemoryStream(System.Text.Encoding.UTF8.GetBytes(vocabulary)), lowercase: true).WriteTokenizerJson,
        }, folder);
    }
}

using Dimec.Checkpoints;
using Dimec.Costs;
using Dimec.Export;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Testing.Bundles;
using Dimec.Text;

namespace Dimec.Serving.Bench;

/// <summary>A bundle whose plan sends every text to the edge; its weights are random, which its speed does not depend on.</summary>
internal static class ServingBundle
{
    public static void Write(EncoderConfig config, int[] depths, string folder)
    {
        var words = Enumerable.Range(0, config.VocabularySize - 5).Select(i => $"w{i}");
        var vocabulary = string.Join('\n', ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. words]);
        BundleWriter.Write(new BundleRequest
        {
            Checkpoint = RandomCheckpoint.Create(
                config, new ExitHeadConfig(depths, ExitHeadConfig.PoolerHead, ExitHeadConfig.MeanPooling, ["no", "yes"], 64)),
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

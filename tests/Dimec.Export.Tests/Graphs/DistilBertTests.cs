using Dimec.Bundles;
using Dimec.Checkpoints;
using Dimec.Checkpoints.Architectures;
using Dimec.Onnx.Format;

namespace Dimec.Export.Tests.Graphs;

public class DistilBertTests
{
    [Theory]
    [InlineData("pooler", "mean", Activation.Gelu)]
    [InlineData("linear", "cls", Activation.Relu)]
    public void Every_exit_of_a_padded_batch_answers_as_the_definition_does(string head, string pooling, Activation activation)
    {
        var checkpoint = Create(new ExitHeadConfig([1, 2, 3], head, pooling, ["a", "b", "c"], 32), activation);
        var batch = new RandomBatch(checkpoint.Config, [1, 9, 5, 12], padded: 14, seed: 2);
        var reference = new DistilBertReference(checkpoint);
        foreach (var exit in checkpoint.Exits!.Exits)
        {
            using var session = OnnxSession.Open(OnnxSession.Export(checkpoint, exit));
            var found = session.Run(batch.Ids, batch.Mask, null, batch.Count);
            for (var row = 0; row < batch.Count; row++)
            {
                foreach (var (c, expected) in reference.Logits(batch.RowIds(row), exit).Index())
                    Assert.Equal(expected, found[(row * 3) + c], 2e-5);
            }
        }
    }

    [Fact]
    public void Nothing_of_token_types_is_in_the_graph()
    {
        var graph = ModelProto.Parser.ParseFrom(OnnxSession.Export(Create(), 3, tokenTypes: true)).Graph;

        Assert.Equal(["input_ids", "attention_mask"], graph.Input.Select(input => input.Name));
        Assert.DoesNotContain(graph.Initializer, tensor => tensor.Name.Contains("type", StringComparison.Ordinal));
        Assert.DoesNotContain(graph.Node, node => node.Name.Contains("type", StringComparison.Ordinal));
    }

    [Fact]
    public void ONNX_Runtime_fuses_attention_gelu_and_norms()
    {
        using var folder = new TemporaryFolder();
        var counts = OnnxSession.Optimise(OnnxSession.Export(Create(), 3), folder.File("optimised.onnx")).Graph.Node
            .CountBy(node => node.OpType)
            .ToDictionary();

        Assert.Equal((3, 3, 6), (counts["Attention"], counts["BiasGelu"], counts["SkipLayerNormalization"]));
    }

    [Fact]
    public void A_bundle_of_pairs_says_that_tokens_have_no_types()
    {
        using var folder = new TemporaryFolder();
        var exits = new ExitHeadConfig([1, 2, 3], "linear", "mean", ["no", "yes"], 16) { HasPair = true };
        var manifest = BundleWriter.Write(TinyBundle.Request(Create(exits)), folder.File("bundle"), TestContext.Current.CancellationToken);

        Assert.Equal((true, false), (manifest.HasPair, manifest.UsesTokenTypes));
        Assert.Null(manifest.Embeddings.TokenType);
        using var stream = File.OpenRead(folder.File("bundle", "bundle.json"));
        Assert.Equivalent(manifest, BundleManifest.Read(stream, "bundle.json"), strict: true);
    }

    private static Checkpoint Create(ExitHeadConfig? exits = null, Activation activation = Activation.Gelu) =>
        RandomCheckpoint.Create(RandomCheckpoint.Config(activation: activation, architecture: DistilBert.Architecture), exits);
}

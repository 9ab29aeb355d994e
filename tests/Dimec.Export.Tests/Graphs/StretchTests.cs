using Dimec.Bundles;
using Dimec.Checkpoints;
using Dimec.Checkpoints.Architectures;
using Dimec.Onnx.Format;

namespace Dimec.Export.Tests.Graphs;

/// <summary>Models that go on from hidden states, against the unbroken one.</summary>
public class StretchTests
{
    [Theory]
    [InlineData("cls")]
    [InlineData("mean")]
    public void However_the_layers_are_cut_the_logits_are_the_unbroken_models(string pooling)
    {
        foreach (var architecture in new[] { Bert.Architecture, DistilBert.Architecture })
        {
            var exits = new ExitHeadConfig([1, 2, 3, 4], "pooler", pooling, ["a", "b", "c"], 32);
            var checkpoint = RandomCheckpoint.Create(RandomCheckpoint.Config(layers: 4, architecture: architecture), exits);
            var batch = new RandomBatch(checkpoint.Config, [1, 9, 5, 12], padded: 14, seed: 2);
            foreach (int[] cuts in new int[][] { [1, 4], [2, 4], [3, 4], [1, 2, 3, 4], [1, 3], [2, 3] })
            {
                using var whole = OnnxSession.Open(OnnxSession.Export(checkpoint, cuts[^1]));
                var expected = whole.Run(batch.Ids, batch.Mask, null, batch.Count);
                Assert.Equal(expected, Cut(checkpoint, cuts, batch), (one, other) => Math.Abs(one - other) < 1e-4);
            }
        }
    }

    [Fact]
    public void A_model_from_hidden_states_takes_these_and_the_mask_and_the_last_layers_gives_none()
    {
        var checkpoint = RandomCheckpoint.Create();
        var middle = ModelProto.Parser.ParseFrom(OnnxSession.Export(checkpoint, new LayerStretch(1, 2), tokenTypes: true)).Graph;
        Assert.Equal(["hidden_states", "attention_mask"], middle.Input.Select(input => input.Name));
        Assert.Equal(["logits", "next_hidden_states"], middle.Output.Select(output => output.Name));
        Assert.DoesNotContain(middle.Initializer, tensor => tensor.Name.StartsWith("embeddings", StringComparison.Ordinal));
        Assert.DoesNotContain(middle.Initializer, tensor => tensor.Name.Contains("layer.0", StringComparison.Ordinal));

        var last = ModelProto.Parser.ParseFrom(OnnxSession.Export(checkpoint, new LayerStretch(1, 3))).Graph;
        Assert.Equal(["logits"], last.Output.Select(output => output.Name));
    }

    [Fact]
    public void ONNX_Runtime_fuses_all_but_the_first_attention_which_has_no_norm_before_it()
    {
        using var folder = new TemporaryFolder();
        var model = OnnxSession.Export(RandomCheckpoint.Create(), new LayerStretch(1, 3));
        var counts = OnnxSession.Optimise(model, folder.File("optimised.onnx")).Graph.Node.CountBy(node => node.OpType).ToDictionary();
        Assert.Equal((1, 2, 4), (counts["Attention"], counts["BiasGelu"], counts["SkipLayerNormalization"]));
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(-1, 2)]
    public void A_stretch_without_layers_is_refused(int from, int to) => Assert.Equal(
        $"layers {from} to {to}: are no stretch; begin before the exit's layer.",
        Assert.Throws<InputException>(() => OnnxSession.Export(RandomCheckpoint.Create(), new LayerStretch(from, to))).Message);

    private static float[] Cut(Checkpoint checkpoint, int[] cuts, RandomBatch batch)
    {
        float[] states = [];
        for (var i = 0; i < cuts.Length; i++)
        {
            var output = i == cuts.Length - 1 ? "logits" : i == 0 ? "hidden_states" : "next_hidden_states";
            using var model = OnnxSession.Open(OnnxSession.Export(checkpoint, new LayerStretch(i == 0 ? 0 : cuts[i - 1], cuts[i])));
            states = i == 0
                ? model.Run(batch.Ids, batch.Mask, null, batch.Count, output)
                : model.RunFrom(states, batch.Mask, batch.Count, output);
        }

        return states;
    }
}

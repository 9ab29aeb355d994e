using Dimec.Onnx.Format;

namespace Dimec.Export.Tests.Graphs;

public class GraphTests
{
    [Fact]
    public void The_same_checkpoint_gives_the_same_bytes()
    {
        Assert.Equal(OnnxSession.Export(RandomCheckpoint.Create(), 2), OnnxSession.Export(RandomCheckpoint.Create(), 2));
        Assert.NotEqual(OnnxSession.Export(RandomCheckpoint.Create(), 2), OnnxSession.Export(RandomCheckpoint.Create(seed: 2), 2));
    }

    [Fact]
    public void Only_standard_operators_of_opset_12_are_used()
    {
        var model = ModelProto.Parser.ParseFrom(OnnxSession.Export(RandomCheckpoint.Create(), 3, tokenTypes: true));
        var opset = Assert.Single(model.OpsetImport);
        Assert.Equal(("", 12), (opset.Domain, opset.Version));
        Assert.All(model.Graph.Node, node => Assert.Equal("", node.Domain));
        Assert.All(model.Graph.Initializer, tensor => Assert.Empty(tensor.ExternalData));
    }

    [Fact]
    public void A_tier_holds_its_layers_and_its_exit_only()
    {
        var model = ModelProto.Parser.ParseFrom(OnnxSession.Export(RandomCheckpoint.Create(), 2));
        var names = model.Graph.Initializer.Select(tensor => tensor.Name).ToArray();
        Assert.Contains("encoder.layer.1.output.dense.weight.transposed", names);
        Assert.DoesNotContain(names, name => name.StartsWith("encoder.layer.2.", StringComparison.Ordinal));
        Assert.Equal(
            ["exits.2.classifier.bias", "exits.2.classifier.weight", "exits.2.dense.bias", "exits.2.dense.weight"],
            names.Where(name => name.StartsWith("exits.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.All(names, name => Assert.Contains(model.Graph.Node, node => node.Input.Contains(name)));
    }

    [Theory]
    [InlineData(false, "input_ids attention_mask")]
    [InlineData(true, "input_ids attention_mask token_type_ids")]
    public void Inputs_and_output_are_declared_with_symbolic_batch_and_sequence(bool tokenTypes, string inputs)
    {
        var graph = ModelProto.Parser.ParseFrom(OnnxSession.Export(RandomCheckpoint.Create(), 1, tokenTypes)).Graph;
        Assert.Equal(inputs.Split(' '), graph.Input.Select(input => input.Name));
        Assert.All(graph.Input, input =>
        {
            Assert.Equal((int)TensorProto.Types.DataType.Int64, input.Type.TensorType.ElemType);
            Assert.Equal(["batch", "sequence"], input.Type.TensorType.Shape.Dim.Select(dimension => dimension.DimParam));
        });
        Assert.Equal(
            [("logits", "batch", "", 2), ("hidden_states", "batch", "sequence", 24)],
            graph.Output.Select(output => output.Type.TensorType.Shape.Dim is var axes
                ? (output.Name, axes[0].DimParam, axes[1].DimParam, axes[^1].DimValue)
                : default));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ONNX_Runtime_fuses_attention_gelu_and_norms(bool tokenTypes)
    {
        using var folder = new TemporaryFolder();
        var model = OnnxSession.Optimise(OnnxSession.Export(RandomCheckpoint.Create(), 3, tokenTypes), folder.File("optimised.onnx"));
        var counts = model.Graph.Node.CountBy(node => node.OpType).ToDictionary();
        Assert.Equal(3, counts["Attention"]);
        Assert.Equal(3, counts["BiasGelu"]);
        Assert.Equal(6, counts["SkipLayerNormalization"]);
        Assert.DoesNotContain("Softmax", counts.Keys);
        Assert.DoesNotContain("Erf", counts.Keys);
    }

    [Fact]
    public void An_exit_that_was_not_trained_is_named_with_those_that_were()
    {
        var error = Assert.Throws<InputException>(() => OnnxSession.Export(RandomCheckpoint.Create(), 4));
        Assert.Equal(
            "exit 4: is not in the checkpoint, whose exits are: 1, 2, 3; name a trained exit, or train with this one.", error.Message);
    }
}

using Dimec.Checkpoints.Onnx;
using Dimec.Onnx.Writing;

namespace Dimec.Checkpoints.Tests.Onnx;

public class OnnxWeightsTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(2, 2, 1)]
    public void A_linear_layer_whose_weights_are_no_matrix_is_a_sentence(params int[] shape)
    {
        var wrong = Assert.Throws<InputException>(() => OnnxWeights.Read(Model(shape), "m.onnx"));
        Assert.Equal(
            $"m.onnx tensor onnx::MatMul_1: has the shape [{string.Join(", ", shape)}] where a linear layer has a matrix; "
            + "export the model again.",
            Assert.Single(wrong.Errors).ToString());
    }

    [Fact]
    public void A_linear_layers_matrix_is_turned_and_gets_its_name()
    {
        var read = OnnxWeights.Read(Model([2, 2]), "m.onnx");
        Assert.Equal([1, 3, 2, 4], read["encoder.layer.0.output.dense.weight"].Values.ToArray());
    }

    private static MemoryStream Model(int[] shape)
    {
        const string Bias = "encoder.layer.0.output.dense.bias";
        var graph = new GraphBuilder("made");
        graph.FloatInput("x", "batch", 2);
        graph.Floats("onnx::MatMul_1", shape, [1, 2, 3, 4]);
        graph.Floats(Bias, [2], [0, 0]);
        graph.Node("MatMul", "product", ["x", "onnx::MatMul_1"]);
        graph.Node("Add", "sum", ["product", Bias]);
        graph.Output("sum", "batch", 2);
        var stream = new MemoryStream();
        graph.Write(new ModelHeader(Opset: 17, IrVersion: 8, Producer: "test"), stream);
        stream.Position = 0;
        return stream;
    }
}

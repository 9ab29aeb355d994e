using Dimec.Onnx.Format;
using Dimec.Onnx.Reading;
using Google.Protobuf;

namespace Dimec.Onnx.Tests.Reading;

public class OnnxModelTests
{
    [Fact]
    public void Every_way_of_keeping_floats_is_read_and_other_types_are_passed_over()
    {
        var raw = Tensor("raw", 1, [2]);
        raw.RawData = ByteString.CopyFrom([0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]);
        var listed = Tensor("listed", 1, [1, 2]);
        listed.FloatData.AddRange([3, 4]);
        var half = Tensor("half", 10, [2]);
        half.RawData = ByteString.CopyFrom([0, 0x3C, 0, 0xB8]);
        var whole = Tensor("whole", 7, [1]);
        whole.Int64Data.Add(5);
        var found = OnnxModel.Read(Stream(raw, listed, half, whole)).FloatInitializers.ToArray();

        Assert.Equal(["raw", "listed", "half"], found.Select(tensor => tensor.Name));
        Assert.Equal([2], found[0].Shape);
        Assert.Equal([1f, -2f], found[0].Values);
        Assert.Equal([1, 2], found[1].Shape);
        Assert.Equal([3f, 4f], found[1].Values);
        Assert.Equal([1f, -0.5f], found[2].Values);
    }

    [Fact]
    public void A_scalar_has_one_value_and_no_axis()
    {
        var scalar = Tensor("scalar", 1, []);
        scalar.FloatData.Add(7);
        var found = Assert.Single(OnnxModel.Read(Stream(scalar)).FloatInitializers);
        Assert.Empty(found.Shape);
        Assert.Equal([7f], found.Values);
    }

    [Fact]
    public void Values_that_cannot_be_read_are_named_with_their_tensor()
    {
        var outside = Tensor("outside", 1, [1]);
        outside.DataLocation = TensorProto.Types.DataLocation.External;
        var few = Tensor("few", 1, [3]);
        few.RawData = ByteString.CopyFrom(new byte[8]);
        var fewHalves = Tensor("halves", 10, [3]);
        fewHalves.RawData = ByteString.CopyFrom(new byte[8]);

        Refused(outside, "keeps its values in another file");
        Refused(few, "has not the 3 values that its shape [3] takes");
        Refused(fewHalves, "has not the 3 values that its shape [3] takes");
        Refused(Tensor("negative", 1, [-1]), "has the impossible shape [-1]");
        Refused(Tensor("large", 1, [1 << 20, 1 << 20]), "has the impossible shape [1048576, 1048576]");
    }

    [Theory]
    [InlineData(new byte[0], "holds no graph")]
    [InlineData(new byte[] { 0x3A, 5, 0 }, "is no ONNX model, or is truncated")]
    [InlineData(new byte[] { 0xFF, 0xFF }, "is no ONNX model, or is truncated")]
    public void What_is_no_model_is_refused(byte[] content, string problem)
    {
        var error = Assert.Throws<OnnxFormatException>(() => OnnxModel.Read(new MemoryStream(content)));
        Assert.Equal((problem, null), (error.Problem, error.Tensor));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_folded_matrix_has_the_name_of_the_bias_on_either_side(bool biasFirst)
    {
        var graph = new GraphProto();
        graph.Initializer.AddRange(
        [
            Tensor("onnx::MatMul_7", 1, [0]), Tensor("layer.dense.bias", 1, [0]), Tensor("onnx::MatMul_8", 1, [0]), Tensor("odd", 1, [0]),
        ]);
        graph.Node.AddRange(
        [
            Node("MatMul", "product", "x", "onnx::MatMul_7"),
            biasFirst ? Node("Add", "y", "layer.dense.bias", "product") : Node("Add", "y", "product", "layer.dense.bias"),
            Node("MatMul", "nameless", "y", "onnx::MatMul_8"),
            Node("Add", "z", "nameless", "odd"),
        ]);
        using var stream = new MemoryStream(new ModelProto { Graph = graph }.ToByteArray());

        Assert.Equal([new("onnx::MatMul_7", "layer.dense.weight")], OnnxModel.Read(stream).LinearLayerNames());
    }

    private static void Refused(TensorProto tensor, string problem)
    {
        var error = Assert.Throws<OnnxFormatException>(() => OnnxModel.Read(Stream(tensor)).FloatInitializers.ToArray());
        Assert.Equal((tensor.Name, problem), (error.Tensor, error.Problem));
    }

    private static TensorProto Tensor(string name, int type, long[] shape)
    {
        var tensor = new TensorProto { Name = name, DataType = type };
        tensor.Dims.AddRange(shape);
        return tensor;
    }

    private static NodeProto Node(string operation, string output, params string[] inputs)
    {
        var node = new NodeProto { OpType = operation };
        node.Input.AddRange(inputs);
        node.Output.Add(output);
        return node;
    }

    private static MemoryStream Stream(params TensorProto[] initializers)
    {
        var graph = new GraphProto();
        graph.Initializer.AddRange(initializers);
        return new MemoryStream(new ModelProto { Graph = graph }.ToByteArray());
    }
}

using Dimec.Onnx.Format;
using Dimec.Onnx.Reading;
using Dimec.Onnx.Writing;
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
    public void What_a_graph_takes_and_gives_is_read_as_it_was_built()
    {
        var graph = new GraphBuilder("values");
        var states = graph.FloatInput("states", "batch", "sequence", 4);
        graph.Input("mask", "batch", "sequence");
        graph.Node("Identity", "same", [states]);
        graph.Output("same", "batch", "sequence", 4);
        using var stream = new MemoryStream();
        graph.Write(new ModelHeader(Opset: 17, IrVersion: 8, Producer: "test"), stream);
        stream.Position = 0;
        var model = OnnxModel.Read(stream);

        Assert.Equal(["states Float", "mask Int64"], model.Inputs.Select(value => $"{value.Name} {value.Type}"));
        Assert.Equal(new Dimension[] { "batch", "sequence", 4 }, model.Inputs[0].Shape);
        var given = Assert.Single(model.Outputs);
        Assert.Equal(("same", ElementType.Float), (given.Name, given.Type));
        Assert.Equal(new Dimension[] { "batch", "sequence", 4 }, given.Shape);
    }

    [Theory]
    [InlineData("has the impossible shape", 1L << 62, 1L << 62)]
    [InlineData("has the impossible shape", long.MaxValue, 2L)]
    [InlineData("has the impossible shape", 2147483647L, 2147483647L, 2147483647L)]
    [InlineData("has not the 1600000000 values", 40_000L, 40_000L)]
    [InlineData("has not the 2 values", 2L)]
    public void A_shape_that_its_values_do_not_fill_takes_no_memory(string expected, params long[] shape)
    {
        var tensor = Tensor("lies", 1, shape);
        tensor.RawData = ByteString.CopyFrom([0, 0, 0x80]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var wrong = Assert.Throws<OnnxFormatException>(() => OnnxModel.Read(Stream(tensor)).FloatInitializers.Count());
        Assert.Contains(expected, wrong.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void An_axis_of_no_element_makes_any_shape_empty()
    {
        var tensor = Tensor("none", 1, [int.MaxValue, int.MaxValue, int.MaxValue, 0]);
        Assert.Empty(Assert.Single(OnnxModel.Read(Stream(tensor)).FloatInitializers).Values);
    }

    [Fact]
    public void A_tensors_name_and_axes_are_cut_in_a_sentence()
    {
        var tensor = Tensor("\u001b[31m" + new string('x', 100_000), 1, [.. Enumerable.Repeat(1L, 50_000)]);
        var wrong = Assert.Throws<OnnxFormatException>(() => OnnxModel.Read(Stream(tensor)).FloatInitializers.Count());
        Assert.StartsWith("The tensor  [31mxxx", wrong.Message, StringComparison.Ordinal);
        Assert.EndsWith("… has 50000 axes, and 32 are the most; export the model again.", wrong.Message, StringComparison.Ordinal);
        Assert.InRange(wrong.Message.Length, 100, 300);
    }

    [Fact]
    public void A_product_that_goes_nowhere_names_nothing()
    {
        var model = new ModelProto { Graph = new GraphProto() };
        model.Graph.Initializer.Add(Tensor("w", 1, []));
        model.Graph.Node.Add(new NodeProto { OpType = "MatMul", Input = { "x", "w" } });
        Assert.Empty(OnnxModel.Read(new MemoryStream(model.ToByteArray())).LinearLayerNames());
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

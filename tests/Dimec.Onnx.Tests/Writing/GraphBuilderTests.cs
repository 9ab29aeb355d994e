using System.Runtime.InteropServices;
using Dimec.Onnx.Format;
using Dimec.Onnx.Reading;
using Dimec.Onnx.Writing;
using static Dimec.Onnx.Writing.AttributeValue;

namespace Dimec.Onnx.Tests.Writing;

public class GraphBuilderTests
{
    private static readonly float[] s_values = [1, -2, 3.5f, 0, 1e-30f, -0f];

    [Fact]
    public void What_was_written_is_read_back()
    {
        var found = OnnxModel.Read(new MemoryStream(Written())).FloatInitializers.ToArray();

        Assert.Equal(["weights", "half"], found.Select(tensor => tensor.Name));
        Assert.Equal([2, 3], found[0].Shape);
        Assert.Equal(s_values, found[0].Values);
        Assert.Empty(found[1].Shape);
    }

    [Fact]
    public void Values_beside_the_model_lie_where_it_says()
    {
        using var file = new MemoryStream();
        var writer = new ExternalWriter("layers.weights", file);
        var graph = new GraphBuilder("beside");
        graph.Tensor("one", ElementType.Float, [1], writer.Write(MemoryMarshal.AsBytes<float>([1])));
        graph.Tensor("weights", ElementType.Float, [2, 3], writer.Write(MemoryMarshal.AsBytes<float>(s_values)));
        using var output = new MemoryStream();
        graph.Write(new ModelHeader(12, 7, "tests"), output);

        var tensor = ModelProto.Parser.ParseFrom(output.ToArray()).Graph.Initializer[1];
        var external = tensor.ExternalData.ToDictionary(entry => entry.Key, entry => entry.Value);
        Assert.Equal((TensorProto.Types.DataLocation.External, 0), (tensor.DataLocation, tensor.RawData.Length));
        Assert.Equal(("layers.weights", "64", "24"), (external["location"], external["offset"], external["length"]));
        Assert.Equal(s_values, MemoryMarshal.Cast<byte, float>(file.ToArray().AsSpan(64, 24)));
        Assert.Equal(0, graph.InitializerBytes);
    }

    [Fact]
    public void The_file_has_its_header_its_axes_and_each_name_once()
    {
        var model = ModelProto.Parser.ParseFrom(Written());

        Assert.Equal((7, "tests", 12), (model.IrVersion, model.ProducerName, Assert.Single(model.OpsetImport).Version));
        Assert.Equal("x", Assert.Single(model.Graph.Input).Name);
        Assert.Equal(["batch", ""], model.Graph.Input[0].Type.TensorType.Shape.Dim.Select(dimension => dimension.DimParam));
        Assert.Equal(2, model.Graph.Input[0].Type.TensorType.Shape.Dim[1].DimValue);
        Assert.Equal(["y"], model.Graph.Output.Select(output => output.Name));
        Assert.Equal(3, model.Graph.Initializer.Count);
        Assert.Equal([1, 0], Assert.Single(model.Graph.Node[0].Attribute).Ints);
    }

    [Fact]
    public void The_same_calls_give_the_same_bytes() => Assert.Equal(Written(), Written());

    [Fact]
    public void The_initializers_bytes_are_counted_once()
    {
        var graph = new GraphBuilder("counted");
        graph.Floats("a", [6], s_values);
        graph.Floats("a", [6], s_values);
        graph.Integers("b", 1, 2);

        Assert.Equal(6 * sizeof(float) + 2 * sizeof(long), graph.InitializerBytes);
    }

    private static byte[] Written()
    {
        var graph = new GraphBuilder("small");
        var input = graph.Input("x", "batch", 2);
        graph.Floats("weights", [2, 3], s_values);
        graph.Integers("axes", 0, 1);
        var turned = graph.Node("Transpose", "turned", [input], Attribute("perm", [1, 0]));
        graph.Node("Mul", "y", [graph.Describe(turned, ElementType.Float, 2, "batch"), graph.Scalar("half", 0.5f)]);
        graph.Scalar("half", 0.5f);
        graph.Output("y", 2, "batch");
        using var stream = new MemoryStream();
        graph.Write(new ModelHeader(Opset: 12, IrVersion: 7, "tests"), stream);
        return stream.ToArray();
    }
}

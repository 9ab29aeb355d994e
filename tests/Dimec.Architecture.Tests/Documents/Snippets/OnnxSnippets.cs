using Dimec.Onnx.Reading;
using Dimec.Onnx.Writing;

namespace Dimec.Architecture.Tests.Documents.Snippets;

/// <summary>The code in the page of <c>Dimec.Onnx</c>.</summary>
internal static class OnnxSnippets
{
    public static void Read()
    {
        using var model = File.OpenRead("model.onnx");
        foreach (var tensor in OnnxModel.Read(model).FloatInitializers)
            Console.WriteLine($"{tensor.Name} [{string.Join(", ", tensor.Shape)}]");
    }

    public static void Write()
    {
        var graph = new GraphBuilder("double");
        var x = graph.Input("x", "batch", 4);
        graph.Node("Mul", "y", [x, graph.Scalar("two", 2)]);
        graph.Output("y", "batch", 4);
        using var file = File.Create("double.onnx");
        graph.Write(new ModelHeader(Opset: 17, IrVersion: 8, Producer: "mine"), file);
    }
}

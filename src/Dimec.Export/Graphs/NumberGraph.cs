using Dimec.Onnx.Writing;
using static Dimec.Onnx.Writing.AttributeValue;

namespace Dimec.Export.Graphs;

/// <summary>The numbers that a graph's layers compute in, and the ways between them and fp32.</summary>
/// <param name="graph">Where the nodes go.</param>
/// <param name="type">fp32 or fp16.</param>
internal sealed class NumberGraph(GraphBuilder graph, ElementType type)
{
    /// <summary>Adds a constant in the layers' numbers.</summary>
    public string Scalar(string name, float value) => graph.Tensor(name, type, [], NumberBytes.Of([value], type));

    /// <summary>A value of the layers in fp32: itself, where it is.</summary>
    public string ToFloat(string name, string value) => Cast($"{name}.fp32", value, ElementType.Float);

    /// <summary>A value of fp32 in the layers' numbers: itself, where it is.</summary>
    public string FromFloat(string name, string value) => Cast($"{name}.fp16", value, type);

    private string Cast(string name, string value, ElementType to) =>
        type == ElementType.Float ? value : graph.Node("Cast", name, [value], Attribute("to", (long)to));
}

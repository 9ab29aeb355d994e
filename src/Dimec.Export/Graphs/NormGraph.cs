using Dimec.Onnx.Writing;
using static Dimec.Onnx.Writing.AttributeValue;

namespace Dimec.Export.Graphs;

/// <summary>
/// LayerNorm over the last axis (Ba et al. 2016) in fp32, spelled out: opset 12 has no operator for it, and optimisers fuse this form.
/// </summary>
internal sealed class NormGraph(double epsilon, GraphBuilder graph, CheckpointWeights weights)
{
    /// <summary>(x − mean) / √(variance + ε) · weight + bias, with the population variance.</summary>
    public string Add(string name, string source, string input)
    {
        var mean = graph.Node("ReduceMean", $"{name}.mean", [input], LastAxis);
        var centred = graph.Node("Sub", $"{name}.centred", [input, mean]);
        var squared = graph.Node("Pow", $"{name}.squared", [centred, graph.Scalar("two", 2)]);
        var variance = graph.Node("ReduceMean", $"{name}.variance", [squared], LastAxis);
        var stable = graph.Node("Add", $"{name}.stable", [variance, graph.Scalar("norm_epsilon", (float)epsilon)]);
        var deviation = graph.Node("Sqrt", $"{name}.deviation", [stable]);
        var scaled = graph.Node("Div", $"{name}.scaled", [centred, deviation]);
        var weighted = graph.Node("Mul", $"{name}.weighted", [scaled, weights.Plain($"{source}.weight")]);
        return graph.Node("Add", name, [weighted, weights.Plain($"{source}.bias")]);
    }

    private static AttributeValue[] LastAxis => [Attribute("axes", [-1]), Attribute("keepdims", 1)];
}

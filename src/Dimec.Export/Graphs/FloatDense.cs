using Dimec.Checkpoints.Architectures;
using Dimec.Onnx.Writing;

namespace Dimec.Export.Graphs;

/// <summary>Dense layers in floating point.</summary>
/// <param name="graph">Where the nodes go.</param>
/// <param name="weights">Where the weights come from.</param>
/// <param name="numbers">fp32 or fp16.</param>
internal sealed class FloatDense(GraphBuilder graph, CheckpointWeights weights, ElementType numbers) : IDenseGraph
{
    public ElementType Numbers => numbers;

    public string Words(string name, string table, string inputIds) =>
        new NumberGraph(graph, numbers).ToFloat(name, graph.Node("Gather", name, [weights.Plain(table, numbers), inputIds]));

    public string Add(string name, string source, string input)
    {
        var product = graph.Node("MatMul", $"{name}.product", [input, weights.Transposed($"{source}.weight", numbers)]);
        return graph.Node("Add", name, [product, weights.Plain($"{source}.bias", numbers)]);
    }

    public (string Query, string Key, string Value) QueryKeyValue(string name, LayerNames source, string input) =>
        (Add($"{name}.query", source.Query, input), Add($"{name}.key", source.Key, input), Add($"{name}.value", source.Value, input));
}

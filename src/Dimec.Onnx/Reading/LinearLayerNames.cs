using Dimec.Onnx.Format;

namespace Dimec.Onnx.Reading;

/// <summary>Recovers the names of linear layers' matrices from the biases that are added to their products.</summary>
internal static class LinearLayerNames
{
    private const string Bias = ".bias";

    /// <summary>
    /// Maps an anonymous constant of a MatMul to the weight name that belongs to it:
    /// X → MatMul(·, constant) → Add(·, NAME.bias) gives NAME.weight.
    /// </summary>
    public static Dictionary<string, string> Resolve(GraphProto graph)
    {
        var initializers = graph.Initializer.Select(initializer => initializer.Name).ToHashSet();
        var products = new Dictionary<string, string>();
        foreach (var node in graph.Node)
        {
            if (node.OpType == "MatMul" && node.Input.Count == 2 && node.Output.Count > 0 && initializers.Contains(node.Input[1]))
                products[node.Output[0]] = node.Input[1];
        }

        var names = new Dictionary<string, string>();
        foreach (var node in graph.Node)
        {
            if (node.OpType != "Add" || node.Input.Count != 2)
                continue;
            // Exporters put the bias on either side.
            foreach (var (product, bias) in new[] { (node.Input[0], node.Input[1]), (node.Input[1], node.Input[0]) })
            {
                if (products.TryGetValue(product, out var matrix)
                    && initializers.Contains(bias) && bias.EndsWith(Bias, StringComparison.Ordinal))
                {
                    names[matrix] = bias[..^Bias.Length] + ".weight";
                }
            }
        }

        return names;
    }
}

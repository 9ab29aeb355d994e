using Dimec.Checkpoints.Architectures;
using Dimec.Export.Graphs;
using Dimec.Onnx;
using Dimec.Onnx.Writing;
using static Dimec.Onnx.Writing.AttributeValue;

namespace Dimec.Export.Quantization;

/// <summary>
/// Dense layers whose weights are 8-bit numbers with a scale an output, and whose inputs are rounded to 8 bits as they come, with a scale a
/// token: one scale for a whole product is that of its few tokens with large values, which leave the others few of 256 numbers, and makes
/// an answer depend on the texts beside it. What they give is fp32 again.
/// </summary>
/// <param name="graph">Where the nodes go.</param>
/// <param name="weights">Where the weights come from.</param>
internal sealed class Int8Dense(GraphBuilder graph, CheckpointWeights weights) : IDenseGraph
{
    /// <summary>A token of zeros is divided by this.</summary>
    private const float LeastOfToken = 1e-30f;

    public ElementType Numbers => ElementType.Float;

    /// <summary>What the scales of a table are called.</summary>
    public static string ScalesOf(string table) => $"{table}.scales";

    public string Words(string name, string table, string inputIds)
    {
        var tensor = weights.Stored(table);
        var quantized = new Lazy<ChannelNumbers>(() => ChannelNumbers.Of(tensor.Values, tensor.Shape[0]));
        var numbers = weights.Add(table, ElementType.Int8, tensor.Shape, () => TensorBytes.Of(quantized.Value.Numbers));
        var scales = weights.Add(
            ScalesOf(table), ElementType.Float, [tensor.Shape[0], 1], () => TensorBytes.Of(quantized.Value.Scales));
        var rows = graph.Node(
            "Cast", $"{name}.rows", [graph.Node("Gather", $"{name}.numbers", [numbers, inputIds])], Attribute("to", (long)Numbers));
        return graph.Node("Mul", name, [rows, graph.Node("Gather", $"{name}.scales", [scales, inputIds])]);
    }

    public string Add(string name, string source, string input) => Add(name, [source], input);

    /// <summary>
    /// One product of the three weights side by side, cut into its parts: ONNX Runtime fuses a DynamicQuantizeLinear with its product only
    /// where that is the one that reads it.
    /// </summary>
    public (string Query, string Key, string Value) QueryKeyValue(string name, LayerNames source, string input)
    {
        var size = weights.Stored($"{source.Query}.bias").Shape[0];
        var parts = graph.Node(
            "Split", $"{name}.parts", [Add($"{name}.query_key_value", [source.Query, source.Key, source.Value], input)],
            [$"{name}.query", $"{name}.key", $"{name}.value"], Attribute("axis", 2), Attribute("split", [size, size, size]));
        return (parts[0], parts[1], parts[2]);
    }

    /// <summary>
    /// Dense layers with the same input as one, their outputs side by side. Which operand stands where is what ONNX Runtime fuses: bias and
    /// scales second.
    /// </summary>
    private string Add(string name, string[] sources, string input)
    {
        var stored = sources.Select(source => weights.Stored($"{source}.weight")).ToArray();
        var (inputs, outputs) = (stored[0].Shape[1], stored.Sum(weight => weight.Shape[0]));
        var quantized = new Lazy<ChannelNumbers>(() => ChannelNumbers.Of(stored.SelectMany(weight => weight.Values).ToArray(), outputs));
        var key = string.Join('+', sources);
        var numbers = weights.Add($"{key}.weight.transposed", ElementType.Int8, [inputs, outputs],
            () => TensorBytes.Of(Matrix.Transpose<sbyte>(quantized.Value.Numbers, outputs, inputs)));
        var scales = weights.Add(
            $"{key}.weight.scales", ElementType.Float, [outputs], () => TensorBytes.Of(quantized.Value.Scales));
        var bias = weights.Add($"{key}.bias", ElementType.Float, [outputs],
            () => TensorBytes.Of(sources.SelectMany(source => weights.Stored($"{source}.bias").Values).ToArray()));

        // Engines round by one scale a product, so each token is divided by its largest value before and multiplied by it after.
        var largest = graph.Node(
            "ReduceMax", $"{name}.largest", [graph.Node("Abs", $"{name}.magnitudes", [input])],
            Attribute("axes", [-1]), Attribute("keepdims", 1));
        var token = graph.Node("Max", $"{name}.token", [largest, graph.Scalar("least_of_token", LeastOfToken)]);
        var rounded = graph.Node(
            "DynamicQuantizeLinear", $"{name}.rounded", [graph.Node("Div", $"{name}.scaled", [input, token])],
            [$"{name}.input", $"{name}.input.scale", $"{name}.input.zero"]);
        var sums = graph.Node("MatMulInteger", $"{name}.sums", [rounded[0], numbers, rounded[2]]);
        var real = graph.Node("Cast", $"{name}.sums.fp32", [sums], Attribute("to", (long)Numbers));
        var product = graph.Node("Mul", $"{name}.product", [real, graph.Node("Mul", $"{name}.scale", [rounded[1], scales])]);
        return graph.Node("Add", name, [graph.Node("Mul", $"{name}.unscaled", [product, token]), bias]);
    }
}

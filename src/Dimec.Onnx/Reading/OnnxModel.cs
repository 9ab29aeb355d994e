using Dimec.Onnx.Format;
using Dimec.Onnx.Writing;
using Google.Protobuf;

namespace Dimec.Onnx.Reading;

/// <summary>A model as it was read: its weights, and what its graph tells about their names.</summary>
public sealed class OnnxModel
{
    private const int MostNested = 100;
    private readonly GraphProto _graph;

    private OnnxModel(GraphProto graph) => _graph = graph;

    /// <summary>
    /// The floating-point initializers (fp32 and fp16), in the file's order, each converted when it is asked for. Reading on throws
    /// <see cref="OnnxFormatException"/> at one whose values are in another file, or do not fit its shape.
    /// </summary>
    public IEnumerable<OnnxTensor> FloatInitializers => _graph.Initializer.Where(InitializerReader.IsFloat).Select(InitializerReader.Read);

    /// <summary>What the model takes, in the file's order.</summary>
    public IReadOnlyList<OnnxValue> Inputs => [.. _graph.Input.Select(ValueOf)];

    /// <summary>What the model gives, in the file's order.</summary>
    public IReadOnlyList<OnnxValue> Outputs => [.. _graph.Output.Select(ValueOf)];

    /// <summary>Reads a model.</summary>
    /// <param name="stream">The content of an <c>.onnx</c> file; what follows the model in it is not read.</param>
    /// <returns>The model.</returns>
    /// <exception cref="OnnxFormatException">The stream is no ONNX model, is truncated, or holds no graph.</exception>
    public static OnnxModel Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            var graph = ModelProto.Parser.ParseFrom(CodedInputStream.CreateWithLimits(stream, int.MaxValue, MostNested)).Graph;
            return new OnnxModel(graph ?? throw new OnnxFormatException("holds no graph", "give an ONNX model"));
        }
        catch (InvalidProtocolBufferException)
        {
            throw new OnnxFormatException("is no ONNX model, or is truncated", "give the complete .onnx file");
        }
    }

    /// <summary>
    /// The names of linear layers' matrices. Exporters keep the names of biases but fold each linear layer's transposition, so that its
    /// matrix becomes an anonymous constant such as <c>onnx::MatMul_1234</c> of shape inputs × outputs; the bias that is
    /// added to the product has a name.
    /// </summary>
    /// <returns>For each such initializer <c>NAME.weight</c>, where the bias is called <c>NAME.bias</c>.</returns>
    public IReadOnlyDictionary<string, string> LinearLayerNames() => Reading.LinearLayerNames.Resolve(_graph);

    private static OnnxValue ValueOf(ValueInfoProto value)
    {
        var tensor = value.Type?.TensorType;
        return new OnnxValue(
            value.Name, (ElementType)(tensor?.ElemType ?? 0),
            [.. (tensor?.Shape?.Dim ?? []).Select(axis => axis.HasDimValue
                ? new Dimension(null, axis.DimValue)
                : new Dimension(axis.DimParam, 0))]);
    }
}

using System.Buffers.Binary;
using Dimec.Checkpoints.Onnx;
using Google.Protobuf;

namespace Dimec.Export.Onnx;

/// <summary>
/// Appends nodes and initializers to one ONNX graph. Every name is what the caller says, never a counter over the process, so that the
/// same calls give the same bytes. A node has one output, which carries the node's name.
/// </summary>
internal sealed class GraphBuilder(string name)
{
    /// <summary>ONNX's number for fp32, as Cast takes it.</summary>
    public const long Float = (long)TensorProto.Types.DataType.Float;

    private readonly HashSet<string> _initializers = [];

    /// <summary>Bytes of all initializers.</summary>
    public long InitializerBytes { get; private set; }

    /// <summary>The graph built so far.</summary>
    public GraphProto Graph { get; } = new() { Name = name };

    /// <summary>Adds a node and gives the name of its output.</summary>
    public string Node(string operation, string name, string[] inputs, params AttributeProto[] attributes)
    {
        var node = new NodeProto { OpType = operation, Name = name };
        node.Input.AddRange(inputs);
        node.Output.Add(name);
        node.Attribute.AddRange(attributes);
        Graph.Node.Add(node);
        return name;
    }

    /// <summary>Adds a float initializer, whose values are not copied; a name that is there already is the same tensor.</summary>
    public string Floats(string name, int[] shape, float[] values) =>
        Initializer(name, TensorProto.Types.DataType.Float, shape, () => UnsafeByteOperations.UnsafeWrap(new FloatBytes(values).Memory));

    /// <summary>Adds a float scalar.</summary>
    public string Scalar(string name, float value) => Floats(name, [], [value]);

    /// <summary>Adds an int64 vector.</summary>
    public string Integers(string name, params long[] values) =>
        Initializer(name, TensorProto.Types.DataType.Int64, [values.Length], () => Bytes(values));

    /// <summary>Adds an int64 scalar.</summary>
    public string Integer(string name, long value) =>
        Initializer(name, TensorProto.Types.DataType.Int64, [], () => Bytes([value]));

    /// <summary>Declares an int64 input of the graph.</summary>
    public string Input(string name, params Dimension[] shape)
    {
        Graph.Input.Add(Value(name, TensorProto.Types.DataType.Int64, shape));
        return name;
    }

    /// <summary>Declares a float output of the graph.</summary>
    public void Output(string name, params Dimension[] shape) => Graph.Output.Add(Value(name, TensorProto.Types.DataType.Float, shape));

    /// <summary>States the shape of a float value between nodes, for readers that infer none, and gives its name back.</summary>
    public string Describe(string name, params Dimension[] shape)
    {
        Graph.ValueInfo.Add(Value(name, TensorProto.Types.DataType.Float, shape));
        return name;
    }

    /// <summary>An integer attribute.</summary>
    public static AttributeProto Attribute(string name, long value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    /// <summary>An attribute that is a list of integers.</summary>
    public static AttributeProto Attribute(string name, long[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        attribute.Ints.AddRange(values);
        return attribute;
    }

    private string Initializer(string name, TensorProto.Types.DataType type, int[] shape, Func<ByteString> bytes)
    {
        if (!_initializers.Add(name))
            return name;
        var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = bytes() };
        InitializerBytes += tensor.RawData.Length;
        tensor.Dims.AddRange(shape.Select(dimension => (long)dimension));
        Graph.Initializer.Add(tensor);
        return name;
    }

    private static ByteString Bytes(long[] values)
    {
        var bytes = new byte[values.Length * sizeof(long)];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), values[i]);
        return UnsafeByteOperations.UnsafeWrap(bytes);
    }

    private static ValueInfoProto Value(string name, TensorProto.Types.DataType type, Dimension[] shape)
    {
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = new TensorShapeProto() };
        foreach (var (symbol, size) in shape)
        {
            tensor.Shape.Dim.Add(symbol is null
                ? new TensorShapeProto.Types.Dimension { DimValue = size }
                : new TensorShapeProto.Types.Dimension { DimParam = symbol });
        }

        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }
}

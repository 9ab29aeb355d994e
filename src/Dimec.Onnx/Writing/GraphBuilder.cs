using System.Buffers.Binary;
using System.Globalization;
using Dimec.Onnx.Format;
using Google.Protobuf;

namespace Dimec.Onnx.Writing;

/// <summary>
/// Appends nodes and initializers to one ONNX graph. Every name is what the caller says, never a counter over the process, so that the
/// same calls give the same bytes. A node of one output gives it the node's name.
/// </summary>
/// <param name="name">The graph's name.</param>
public sealed class GraphBuilder(string name)
{
    /// <summary>
    /// The most bytes of initializers: a protobuf message ends at 2 GiB, and nodes and names take far less than the rest of it.
    /// </summary>
    public const long MostInitializerBytes = int.MaxValue - (16L << 20);

    private readonly GraphProto _graph = new() { Name = name };
    private readonly HashSet<string> _initializers = [];

    /// <summary>Bytes of all initializers that the model's own file holds.</summary>
    public long InitializerBytes { get; private set; }

    /// <summary>Adds a node.</summary>
    /// <param name="operation">The operator, of the domain <c>ai.onnx</c>.</param>
    /// <param name="name">The node's name and that of its output.</param>
    /// <param name="inputs">The names of the values that it reads.</param>
    /// <param name="attributes">Its settings.</param>
    /// <returns>The name of its output.</returns>
    public string Node(string operation, string name, string[] inputs, params AttributeValue[] attributes) =>
        Node(operation, name, inputs, [name], attributes)[0];

    /// <summary>Adds a node of several outputs.</summary>
    /// <param name="operation">The operator, of the domain <c>ai.onnx</c>.</param>
    /// <param name="name">The node's name.</param>
    /// <param name="inputs">The names of the values that it reads.</param>
    /// <param name="outputs">The names that its outputs get.</param>
    /// <param name="attributes">Its settings.</param>
    /// <returns>The names of its outputs.</returns>
    public string[] Node(string operation, string name, string[] inputs, string[] outputs, params AttributeValue[] attributes)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(attributes);
        var node = new NodeProto { OpType = operation, Name = name };
        node.Input.AddRange(inputs);
        node.Output.AddRange(outputs);
        node.Attribute.AddRange(attributes.Select(attribute => attribute.Proto));
        _graph.Node.Add(node);
        return outputs;
    }

    /// <summary>Adds a float initializer; a name that is there already is the same tensor.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Its dimensions.</param>
    /// <param name="values">Its values, row-major. They are not copied and must stay as they are until the model is written.</param>
    /// <returns>Its name.</returns>
    public string Floats(string name, int[] shape, float[] values) =>
        Tensor(name, ElementType.Float, shape, TensorBytes.Of(values));

    /// <summary>Adds an initializer; a name that is there already is the same tensor.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">What its elements are.</param>
    /// <param name="shape">Its dimensions.</param>
    /// <param name="values">Its values, row-major, little-endian. They are not copied and must stay as they are until the model is
    /// written.</param>
    /// <returns>Its name.</returns>
    public string Tensor(string name, ElementType type, int[] shape, ReadOnlyMemory<byte> values) =>
        Initializer(name, type, shape, () => UnsafeByteOperations.UnsafeWrap(values));

    /// <summary>Adds an initializer whose values lie in a file beside the model's; a name that is there already is the same.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">What its elements are.</param>
    /// <param name="shape">Its dimensions.</param>
    /// <param name="place">Where its values lie.</param>
    /// <returns>Its name.</returns>
    public string Tensor(string name, ElementType type, int[] shape, ExternalValues place)
    {
        ArgumentNullException.ThrowIfNull(place);
        if (!_initializers.Add(name))
            return name;
        var tensor = new TensorProto
        {
            Name = name,
            DataType = (int)type,
            DataLocation = TensorProto.Types.DataLocation.External,
        };
        tensor.ExternalData.Add(Entry("location", place.File));
        tensor.ExternalData.Add(Entry("offset", place.Offset.ToString(CultureInfo.InvariantCulture)));
        tensor.ExternalData.Add(Entry("length", place.Length.ToString(CultureInfo.InvariantCulture)));
        Add(tensor, shape);
        return name;
    }

    /// <summary>Adds a float scalar.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <returns>Its name.</returns>
    public string Scalar(string name, float value) => Floats(name, [], [value]);

    /// <summary>Adds an int64 vector.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">Its values.</param>
    /// <returns>Its name.</returns>
    public string Integers(string name, params long[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Initializer(name, ElementType.Int64, [values.Length], () => Bytes(values));
    }

    /// <summary>Adds an int64 scalar.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <returns>Its name.</returns>
    public string Integer(string name, long value) =>
        Initializer(name, ElementType.Int64, [], () => Bytes([value]));

    /// <summary>Declares an int64 input of the graph.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Its axes.</param>
    /// <returns>Its name.</returns>
    public string Input(string name, params Dimension[] shape)
    {
        _graph.Input.Add(Value(name, ElementType.Int64, shape));
        return name;
    }

    /// <summary>Declares a float input of the graph.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Its axes.</param>
    /// <returns>Its name.</returns>
    public string FloatInput(string name, params Dimension[] shape)
    {
        _graph.Input.Add(Value(name, ElementType.Float, shape));
        return name;
    }

    /// <summary>Declares a float output of the graph.</summary>
    /// <param name="name">The name of the value that a node gives.</param>
    /// <param name="shape">Its axes.</param>
    public void Output(string name, params Dimension[] shape) => _graph.Output.Add(Value(name, ElementType.Float, shape));

    /// <summary>States type and shape of a value between nodes, for readers that infer none.</summary>
    /// <param name="name">The value's name.</param>
    /// <param name="type">What its elements are.</param>
    /// <param name="shape">Its axes.</param>
    /// <returns>Its name.</returns>
    public string Describe(string name, ElementType type, params Dimension[] shape)
    {
        _graph.ValueInfo.Add(Value(name, type, shape));
        return name;
    }

    /// <summary>Writes the graph as a model.</summary>
    /// <param name="header">What the file says about itself.</param>
    /// <param name="output">Where the model goes; it stays open.</param>
    public void Write(ModelHeader header, Stream output)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(output);
        var model = new ModelProto { IrVersion = header.IrVersion, ProducerName = header.Producer, Graph = _graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = header.Opset });
        model.WriteTo(output);
    }

    private string Initializer(string name, ElementType type, int[] shape, Func<ByteString> bytes)
    {
        if (!_initializers.Add(name))
            return name;
        var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = bytes() };
        InitializerBytes += tensor.RawData.Length;
        Add(tensor, shape);
        return name;
    }

    private void Add(TensorProto tensor, int[] shape)
    {
        tensor.Dims.AddRange(shape.Select(dimension => (long)dimension));
        _graph.Initializer.Add(tensor);
    }

    private static StringStringEntryProto Entry(string key, string value) => new() { Key = key, Value = value };

    private static ByteString Bytes(long[] values)
    {
        var bytes = new byte[values.Length * sizeof(long)];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), values[i]);
        return UnsafeByteOperations.UnsafeWrap(bytes);
    }

    private static ValueInfoProto Value(string name, ElementType type, Dimension[] shape)
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

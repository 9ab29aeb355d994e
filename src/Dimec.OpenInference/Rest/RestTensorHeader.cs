using System.Text.Json;
using Dimec.OpenInference.Tensors;

namespace Dimec.OpenInference.Rest;

/// <summary>
/// A tensor as it stands in a REST body's JSON. Keys come in any order, so the data stays JSON until its type and shape are known.
/// </summary>
internal ref struct RestTensorHeader
{
    private string? _name;
    private string? _datatype;
    private long[]? _shape;
    private ReadOnlySpan<byte> _data;
    private bool _hasData;
    private long? _binarySize;
    private string? _contentType;
    private Dictionary<string, ParameterValue>? _parameters;

    /// <summary>Reads one tensor; the reader stands on its opening brace.</summary>
    /// <exception cref="ProtocolException">A key is missing or has a value of another kind.</exception>
    public static RestTensorHeader Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, bool isAnswer)
    {
        var header = new RestTensorHeader { _parameters = isAnswer ? [] : null };
        RestJson.RequireObject(ref reader, "a tensor");
        var seen = 0;
        while (RestJson.NextProperty(ref reader, out var key))
        {
            RestJson.Once(ref seen, key, ["name", "datatype", "shape", "data", "parameters"]);
            switch (key)
            {
                case "name": header._name = RestJson.ReadString(ref reader, key); break;
                case "datatype": header._datatype = RestJson.ReadString(ref reader, key); break;
                case "shape": header._shape = RestJson.ReadShape(ref reader); break;
                case "data":
                    header._data = RestJson.ReadRaw(ref reader, json);
                    header._hasData = true;
                    break;
                case "parameters": header.ReadParameters(ref reader); break;
                default: RestJson.Skip(ref reader); break;
            }
        }

        return header;
    }

    /// <summary>Makes the tensor, from its own data or from the next bytes of the binary part.</summary>
    /// <param name="binary">What is left of the binary part; shortened by what the tensor takes.</param>
    /// <exception cref="ProtocolException">Something is missing, or the data does not fit shape and type.</exception>
    public readonly Tensor ToTensor(ref ReadOnlyMemory<byte> binary)
    {
        var tensor = ToBareTensor(ref binary);
        return _parameters is { Count: > 0 } ? tensor.With(_parameters) : tensor;
    }

    private readonly Tensor ToBareTensor(ref ReadOnlyMemory<byte> binary)
    {
        var name = _name ?? throw new ProtocolException("a tensor has no 'name'");
        var type = DataTypes.Parse(_datatype ?? throw new ProtocolException($"'{name}' has no 'datatype'"));
        TensorCoding.Check(name, type, _contentType);
        var shape = _shape ?? throw new ProtocolException($"'{name}' has no 'shape'");
        if (_hasData == _binarySize.HasValue)
            throw new ProtocolException($"'{name}' needs either 'data' or the parameter '{RestNames.BinaryDataSize}', and not both");
        if (_binarySize is not { } size)
            return Tensor.FromRaw(name, type, shape, JsonTensorReader.ToRaw(name, type, shape, _data));
        if (size < 0 || size > binary.Length)
            throw new ProtocolException($"'{name}' says it has {size} bytes of binary data, but {binary.Length} are left in the body");
        var raw = binary[..(int)size];
        binary = binary[(int)size..];
        return Tensor.FromRaw(name, type, shape, raw);
    }

    private void ReadParameters(ref Utf8JsonReader reader)
    {
        RestJson.RequireObject(ref reader, "parameters");
        var seen = 0;
        while (RestJson.NextProperty(ref reader, out var key))
        {
            RestJson.Once(ref seen, key, [RestNames.BinaryDataSize, "content_type"]);
            if (key == RestNames.BinaryDataSize)
            {
                _binarySize = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var size)
                    ? size
                    : throw new ProtocolException($"the parameter '{key}' is not an integer");
                continue;
            }

            if (_parameters is not null)
            {
                if (RestJson.ReadAnyParameter(ref reader) is { } kept)
                    _parameters[key] = kept;
                continue;
            }

            var value = RestJson.ReadParameter(ref reader);
            TensorCoding.Check(_name is null ? "a tensor" : $"'{_name}'", key, value);
            if (TensorCoding.IsContentType(key))
                _contentType = value;
        }
    }
}

using System.Text.Json;
using Dimec.OpenInference.Tensors;

namespace Dimec.OpenInference.Rest;

/// <summary>Steps of reading a REST body, each with its sentence for when the body is something else.</summary>
internal static class RestJson
{
    /// <summary>Runs a reading and turns malformed JSON into a <see cref="ProtocolException"/>.</summary>
    public static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (JsonException exception)
        {
            throw new ProtocolException(
                $"the body is not valid JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1})");
        }
        catch (InvalidOperationException)
        {
            // The reader's answer to a string that is no text; its bytes were found to be UTF-8 before.
            throw new ProtocolException(
                "the body's JSON has an escape sequence that is half a character; "
                + "write both halves of the surrogate pair, or the character itself");
        }
    }

    public static void RequireObject(ref Utf8JsonReader reader, string what)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new ProtocolException($"{what} must be a JSON object");
    }

    /// <summary>
    /// Steps to the next key's value; false at the object's end. A key with null is passed over: that is how some write "none".
    /// </summary>
    public static bool NextProperty(ref Utf8JsonReader reader, out string key)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            key = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.Null)
                return true;
        }

        key = "";
        return false;
    }

    /// <summary>Keeps account of the keys of one object.</summary>
    /// <param name="seen">The keys so far.</param>
    /// <param name="key">One more.</param>
    /// <param name="known">Those of the protocol; what others say, or how often, is nobody's concern.</param>
    /// <exception cref="ProtocolException">It stands there twice: one of its values would be passed over.</exception>
    public static void Once(ref int seen, string key, ReadOnlySpan<string> known)
    {
        var place = known.IndexOf(key);
        if (place < 0)
            return;
        if ((seen & (1 << place)) != 0)
            throw new ProtocolException($"'{key}' stands there twice");
        seen |= 1 << place;
    }

    /// <summary>Steps to the next element of an array; false at its end.</summary>
    public static bool NextElement(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType != JsonTokenType.EndArray;
    }

    public static void RequireArray(ref Utf8JsonReader reader, string key)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new ProtocolException($"'{key}' must be a JSON array");
    }

    public static string ReadString(ref Utf8JsonReader reader, string key) => reader.TokenType == JsonTokenType.String
        ? reader.GetString()!
        : throw new ProtocolException($"'{key}' must be a string");

    public static bool ReadBool(ref Utf8JsonReader reader, string key) => reader.TokenType is JsonTokenType.True or JsonTokenType.False
        ? reader.GetBoolean()
        : throw new ProtocolException($"'{key}' must be true or false");

    public static long[] ReadShape(ref Utf8JsonReader reader)
    {
        RequireArray(ref reader, "shape");
        var shape = new List<long>();
        while (NextElement(ref reader))
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var size))
                throw new ProtocolException("'shape' must be an array of integers");
            if (shape.Count == TensorShape.MaxRank)
                throw new ProtocolException($"'shape' has more than {TensorShape.MaxRank} dimensions");
            shape.Add(size);
        }

        return [.. shape];
    }

    /// <summary>The JSON of the value the reader stands on, as bytes; the reader then stands on its end.</summary>
    public static ReadOnlySpan<byte> ReadRaw(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return json[start..(int)reader.BytesConsumed];
    }

    /// <summary>Steps over a value that nobody reads; its strings must be text all the same.</summary>
    public static void Skip(ref Utf8JsonReader reader)
    {
        RequireText(ref reader);
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return;
        var depth = reader.CurrentDepth;
        while (reader.Read() && reader.CurrentDepth > depth)
            RequireText(ref reader);
    }

    /// <summary>The string that a parameter has; null: it has something else, which is stepped over.</summary>
    public static string? ReadParameter(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
            return reader.GetString();
        Skip(ref reader);
        return null;
    }

    /// <summary>A parameter of an answer, of any kind; null: it is an array or an object, which is stepped over.</summary>
    public static ParameterValue? ReadAnyParameter(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.GetString()!;
            case JsonTokenType.True or JsonTokenType.False:
                return reader.GetBoolean();
            case JsonTokenType.Number:
                return reader.TryGetInt64(out var integer) ? integer : reader.TryGetDouble(out var number) ? number : (ParameterValue?)null;
            default:
                Skip(ref reader);
                return null;
        }
    }

    /// <summary>The parameters of an answer.</summary>
    public static Dictionary<string, ParameterValue> ReadAnyParameters(ref Utf8JsonReader reader)
    {
        var parameters = new Dictionary<string, ParameterValue>(StringComparer.Ordinal);
        while (NextProperty(ref reader, out var key))
        {
            if (ReadAnyParameter(ref reader) is { } value)
                parameters[key] = value;
        }

        return parameters;
    }

    /// <summary>Writes parameters into the object that is open.</summary>
    public static void WriteParameters(Utf8JsonWriter writer, IReadOnlyDictionary<string, ParameterValue> parameters)
    {
        foreach (var (key, value) in parameters)
        {
            if (value.Boolean is { } truth)
            {
                writer.WriteBoolean(key, truth);
            }
            else if (value.Integer is { } integer)
            {
                writer.WriteNumber(key, integer);
            }
            else if (value.Number is { } number)
            {
                writer.WriteNumber(key, double.IsFinite(number)
                    ? number
                    : throw new ProtocolException($"the parameter '{key}' is not a finite number, which JSON cannot say"));
            }
            else
            {
                writer.WriteString(key, value.String);
            }
        }
    }

    /// <summary>The parameters of a request as texts, and <c>binary_data_output</c>.</summary>
    public static Dictionary<string, ParameterValue> ReadParameters(ref Utf8JsonReader reader, ref bool binaryOutput)
    {
        RequireObject(ref reader, "parameters");
        var parameters = new Dictionary<string, ParameterValue>(StringComparer.Ordinal);
        while (NextProperty(ref reader, out var key))
        {
            if (key == RestNames.BinaryDataOutput)
            {
                binaryOutput = ReadBool(ref reader, key);
                continue;
            }

            // Null says nothing; what else has no text is there all the same, so that who knows the parameter can refuse it.
            var isNull = reader.TokenType == JsonTokenType.Null;
            var value = ReadAnyParameter(ref reader);
            SequenceParameters.Check(key, value);
            TensorCoding.Check("the request", key, value?.String);
            if (!isNull)
                Add(parameters, key, value?.ToText() ?? "");
        }

        return parameters;
    }

    private static void RequireText(ref Utf8JsonReader reader)
    {
        // Only an escape can be half a character, as the bytes are UTF-8.
        if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
            reader.GetString();
    }

    private static void Add(Dictionary<string, ParameterValue> parameters, string key, string value)
    {
        // What is longer is none of ours, and would take its room for as long as the request waits.
        if (key.Length > InferRequest.MaxText)
            return;
        parameters[key] = value.Length <= InferRequest.MaxText ? value : "";
        if (parameters.Count > InferRequest.MaxParameters)
            throw InferRequest.TooManyParameters;
    }
}

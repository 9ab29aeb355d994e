namespace Dimec.OpenInference.Tensors;

/// <summary>
/// Parameters by which some clients and servers agree that a tensor's data stands for something else than its datatype says. One that is
/// passed over would be data that is misread.
/// </summary>
public static class TensorCoding
{
    /// <summary>MLServer's name for the coding of a tensor's elements.</summary>
    private const string ContentType = "content_type";

    private const string Text = "str";

    /// <summary>What changes nothing: MLServer's names for texts, arrays and tables of them.</summary>
    private static readonly string[] s_contentTypes = [Text, "np", "pd"];

    private static readonly string[] s_encodingKeys = ["content_encoding", "encoding", "compression", "charset"];

    private static readonly string[] s_encodings = ["", "identity", "none", "utf-8", "utf8"];

    /// <summary>Checks one parameter of a request, of a tensor in it, or of an output that it asks for.</summary>
    /// <param name="owner">Whose parameter it is, for the sentence.</param>
    /// <param name="key">Its key.</param>
    /// <param name="value">Its value; null: no string.</param>
    /// <exception cref="ProtocolException">It makes something else of the data, which is not done here.</exception>
    public static void Check(string owner, string key, string? value)
    {
        var name = key.Replace('-', '_');
        if (Is(name, ContentType) && !s_contentTypes.Contains(value))
            throw Refused(owner, key, value, string.Join(", ", s_contentTypes));
        if (s_encodingKeys.Any(one => Is(name, one)) && !s_encodings.Contains(value?.ToLowerInvariant()))
            throw Refused(owner, key, value, "utf-8");
        if (name.StartsWith("shared_memory_", StringComparison.OrdinalIgnoreCase))
        {
            throw new ProtocolException(
                ProtocolStatus.Unsupported,
                $"{owner} has the parameter '{key}', and no memory is shared with this server; send the data itself");
        }

        if (Is(name, ClassificationParameter.Key))
        {
            throw new ProtocolException(
                $"{owner} has the parameter '{key}', which is one of a requested output; give it there");
        }
    }

    /// <summary>Checks the parameters of an answer, or of a tensor in it.</summary>
    /// <param name="owner">Whose parameters they are, for the sentence.</param>
    /// <param name="parameters">The parameters.</param>
    /// <exception cref="ProtocolException">One makes something else of the data.</exception>
    public static void Check(string owner, IReadOnlyDictionary<string, ParameterValue> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        foreach (var (key, value) in parameters)
            Check(owner, key, value.String);
    }

    /// <summary>Checks that a content type is one of the datatype's.</summary>
    /// <param name="tensor">The tensor's name.</param>
    /// <param name="type">Its type.</param>
    /// <param name="contentType">The content type; null: none.</param>
    /// <exception cref="ProtocolException">It says text of numbers.</exception>
    public static void Check(string tensor, DataType type, string? contentType)
    {
        if (contentType == Text && type != DataType.Bytes)
        {
            throw new ProtocolException(
                $"'{tensor}' is {DataTypes.NameOf(type)} and has the {ContentType} '{Text}', which is of BYTES; leave one of them out");
        }
    }

    /// <summary>Whether the key is that of a content type.</summary>
    /// <param name="key">The key.</param>
    public static bool IsContentType(string key) => key == ContentType;

    private static bool Is(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static ProtocolException Refused(string owner, string key, string? value, string taken) => new(
        $"{owner} has the {key} {(value is null ? "of another kind than a string" : $"'{value}'")}, "
        + $"which this server does not decode; send the values as they are (without {key}, or with {taken})");
}

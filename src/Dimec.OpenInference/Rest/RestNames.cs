namespace Dimec.OpenInference.Rest;

/// <summary>Headers, keys and media types that client and server must spell alike.</summary>
public static class RestNames
{
    /// <summary>The header that says how long the JSON before the binary data is, in bytes; 0: the body is one raw tensor.</summary>
    public const string HeaderLength = "Inference-Header-Content-Length";

    /// <summary>Parameter of a tensor: how many bytes of the binary part are its data.</summary>
    public const string BinaryDataSize = "binary_data_size";

    /// <summary>Parameter of a requested output: whether it travels as binary data.</summary>
    public const string BinaryData = "binary_data";

    /// <summary>Parameter of a request: whether outputs without a wish of their own travel as binary data.</summary>
    public const string BinaryDataOutput = "binary_data_output";

    /// <summary>The extension by which tensors travel as binary data behind the JSON.</summary>
    public const string BinaryExtension = "binary_tensor_data";

    /// <summary>The media type of a body of JSON.</summary>
    public const string Json = "application/json";

    /// <summary>The media type of a body of JSON and binary data.</summary>
    public const string Binary = "application/octet-stream";
}

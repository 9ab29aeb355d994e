namespace Dimec.Inference.Protocol;

/// <summary>Headers, keys and models that client and server must spell alike.</summary>
internal static class RestNames
{
    /// <summary>How long the JSON before the binary data is, in bytes; 0: the body is one raw tensor.</summary>
    public const string HeaderLength = "Inference-Header-Content-Length";

    public const string BinaryDataSize = "binary_data_size";
    public const string BinaryData = "binary_data";
    public const string BinaryDataOutput = "binary_data_output";
    public const string BinaryExtension = "binary_tensor_data";
    public const string Json = "application/json";
    public const string Binary = "application/octet-stream";
}

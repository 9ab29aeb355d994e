namespace Dimec.OpenInference;

/// <summary>When tensors travel over REST as binary data behind the JSON, instead of as numbers in it. gRPC is always binary.</summary>
public enum BinaryData
{
    /// <summary>Where the server names the extension <c>binary_tensor_data</c>, which it is asked for once.</summary>
    Auto,

    /// <summary>Always; the server is not asked.</summary>
    Always,

    /// <summary>Never. FP16 and BF16 cannot be sent then.</summary>
    Never,
}

namespace Dimec.Inference.Protocol;

/// <summary>A request, whichever way it travelled.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Version">The version asked for; empty: whichever the server serves.</param>
/// <param name="Id">Comes back in the response; empty: none was given.</param>
/// <param name="Parameters">The parameters that are strings, as ours all are; others are not ours to read.</param>
/// <param name="Inputs">The input tensors.</param>
/// <param name="Outputs">The outputs wanted; empty: all of them.</param>
internal sealed record InferRequest(
    string Model,
    string Version,
    string Id,
    IReadOnlyDictionary<string, string> Parameters,
    IReadOnlyList<Tensor> Inputs,
    IReadOnlyList<RequestedOutput> Outputs)
{
    /// <summary>The most parameters. The protocol sets no limit; a small body of many would take a lot of memory while it waits.</summary>
    public const int MaxParameters = 64;

    /// <summary>The refusal of more.</summary>
    public static ProtocolException TooManyParameters => new($"there are more than {MaxParameters} parameters");

    /// <summary>Whether outputs without a wish of their own travel as binary data (REST only).</summary>
    public bool BinaryOutput { get; init; }
}

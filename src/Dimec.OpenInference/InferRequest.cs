using System.Collections.ObjectModel;
using Dimec.OpenInference.Tensors;

namespace Dimec.OpenInference;

/// <summary>A request, whichever way it travelled.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Inputs">The input tensors.</param>
public sealed record InferRequest(string Model, IReadOnlyList<Tensor> Inputs)
{
    /// <summary>The most parameters. The protocol sets no limit; a small body of many would take a lot of memory while it waits.</summary>
    public const int MaxParameters = 64;

    /// <summary>The most tensors, and the most outputs that are asked for: of models that have three, for the same reason.</summary>
    public const int MaxTensors = 64;

    /// <summary>The longest id, in characters, for the same reason; and the longest parameter that is kept.</summary>
    public const int MaxText = 4096;

    /// <summary>The refusal of more.</summary>
    public static ProtocolException TooManyParameters => new($"there are more than {MaxParameters} parameters");

    /// <summary>Checks the lengths of what a request is made of.</summary>
    /// <exception cref="ProtocolException">One is over its limit.</exception>
    public static void CheckSize(int idLength, int inputs, int outputs)
    {
        if (idLength > MaxText)
            throw new ProtocolException($"the id is {idLength} characters long; at most {MaxText} are accepted");
        if (inputs > MaxTensors || outputs > MaxTensors)
            throw new ProtocolException($"there are more than {MaxTensors} {(inputs > MaxTensors ? "inputs" : "requested outputs")}");
    }

    /// <summary>The version asked for; empty: whichever the server serves.</summary>
    public string Version { get; init; } = "";

    /// <summary>Comes back in the response; empty: none is given.</summary>
    public string Id { get; init; } = "";

    /// <summary>
    /// Parameters; a server that reads a request keeps those that are strings, and integers as their digits: others are not portable.
    /// </summary>
    public IReadOnlyDictionary<string, ParameterValue> Parameters { get; init; } = ReadOnlyDictionary<string, ParameterValue>.Empty;

    /// <summary>The outputs wanted; empty: all of them.</summary>
    public IReadOnlyList<RequestedOutput> Outputs { get; init; } = [];

    /// <summary>Whether outputs without a wish of their own travel as binary data (REST only), as a request says that is read.</summary>
    public bool BinaryOutput { get; init; }

    /// <summary>Whether a client sends it compressed (gzip), over REST and gRPC alike.</summary>
    public bool IsCompressed { get; init; }
}

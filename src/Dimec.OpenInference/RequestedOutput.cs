using System.Collections.ObjectModel;

namespace Dimec.OpenInference;

/// <summary>An output that a request names.</summary>
/// <param name="Name">The output's name.</param>
/// <param name="Binary">Whether it travels as binary data (REST only); null: as the request says for all.</param>
public sealed record RequestedOutput(string Name, bool? Binary = null)
{
    /// <summary>
    /// Parameters of the server's own, e.g. Triton's <c>classification</c>; a server that reads a request leaves them out.
    /// </summary>
    public IReadOnlyDictionary<string, ParameterValue> Parameters { get; init; } = ReadOnlyDictionary<string, ParameterValue>.Empty;
}

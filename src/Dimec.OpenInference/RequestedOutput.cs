using System.Collections.ObjectModel;

namespace Dimec.OpenInference;

/// <summary>An output that a request names.</summary>
/// <param name="Name">The output's name.</param>
/// <param name="Binary">Whether it travels as binary data (REST only); null: as the request says for all.</param>
public sealed record RequestedOutput(string Name, bool? Binary = null)
{
    /// <summary>
    /// Parameters of the server's own. Of those that a server reads, <c>classification</c> is kept, where it is above 0: Triton's number of
    /// classes to name in place of the output's numbers; others are left out.
    /// </summary>
    public IReadOnlyDictionary<string, ParameterValue> Parameters { get; init; } = ReadOnlyDictionary<string, ParameterValue>.Empty;

    /// <summary>How many classes are to be named of each row in place of the output's numbers; null: the numbers are wanted.</summary>
    public long? Classes => Parameters.TryGetValue(ClassificationParameter.Key, out var count) ? count.Integer : null;
}

namespace Dimec.OpenInference;

/// <summary>An output that a request names.</summary>
/// <param name="Name">The output's name.</param>
/// <param name="Binary">Whether it travels as binary data (REST only); null: as the request says for all.</param>
public sealed record RequestedOutput(string Name, bool? Binary = null);

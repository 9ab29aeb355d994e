namespace Dimec.OpenInference.Rest;

/// <summary>Whether a model answers (REST).</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Ready">Whether it answers.</param>
public sealed record ModelReadiness(string Name, bool Ready);

namespace Dimec.OpenInference.Rest;

/// <summary>The one shape of an error (REST).</summary>
/// <param name="Error">One clear sentence.</param>
public sealed record ErrorBody(string Error);

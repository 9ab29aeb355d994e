namespace Dimec.Inference.Protocol;

/// <summary>The one shape of an error (REST).</summary>
/// <param name="Error">One clear sentence.</param>
internal sealed record ErrorBody(string Error);

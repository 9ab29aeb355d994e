namespace Dimec.Reporting;

/// <summary>A tier that ran.</summary>
/// <param name="Name">The tier's name.</param>
/// <param name="Where">The process or the URL, e.g. <c>in the caller</c> or <c>grpc://127.0.0.1:8001</c>.</param>
/// <param name="Answered">How many samples it answered.</param>
public sealed record ServedTier(string Name, string Where, int Answered);

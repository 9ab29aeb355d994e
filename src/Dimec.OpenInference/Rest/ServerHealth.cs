namespace Dimec.OpenInference.Rest;

/// <summary>A server's health (REST). Both keys are always there: KServe's client reads one or the other from either address.</summary>
/// <param name="Live">Whether the process answers.</param>
/// <param name="Ready">Whether its models do.</param>
public sealed record ServerHealth(bool Live, bool Ready);

namespace Dimec.Serving.Live;

/// <summary>Samples by what came of them, and those that were less sure than asked for or cut.</summary>
internal sealed record LiveOutcomes(long Planned, long Fallback, long Cached, long Failed, long Abstained, long Truncated);

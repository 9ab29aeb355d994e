namespace Dimec.Inference.Client;

/// <summary>One attempt at a call.</summary>
/// <param name="Left">The time that is left for the answer.</param>
/// <param name="FollowsBreak">Whether a connection broke before it, so that it may meet another server.</param>
/// <param name="Token">Cancelled when the time is over, or nobody waits any more.</param>
internal readonly record struct TierAttempt(TimeSpan Left, bool FollowsBreak, CancellationToken Token);

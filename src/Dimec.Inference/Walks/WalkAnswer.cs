using Dimec.Policies;

namespace Dimec.Inference.Walks;

/// <summary>What a tier says to samples that it was to go on with.</summary>
/// <param name="Visits">For each, what was run of it, in order; at least one visit.</param>
/// <param name="Hidden">For each the hidden states to carry on, where the plan has the client do so; else null.</param>
/// <param name="ForwardFailure">Why the tier that it was to send samples on to did not go on, a sentence; null: it did, or was not asked.
/// </param>
/// <param name="Bundle">The hash of the bundle that it holds; null: it does not say.</param>
internal sealed record WalkAnswer(
    IReadOnlyList<Visit[]> Visits, IReadOnlyList<HiddenState?> Hidden, string? ForwardFailure, string? Bundle);

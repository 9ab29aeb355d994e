using Dimec.Costs;

namespace Dimec.Inference.Walks;

/// <summary>Where a sample goes next.</summary>
/// <param name="Work">The layers that are to be run.</param>
/// <param name="IsPlanned">Whether the plan names that tier; else it stands in for one that cannot be had.</param>
internal readonly record struct NextStep(TierWork Work, bool IsPlanned);

using Dimec.Predictions;

namespace Dimec.Policies.Cache;

/// <summary>The cloud answers what was not seen before.</summary>
/// <param name="hits">What was, by guid, with the answer that it got then.</param>
/// <param name="cloud">The last tier's place.</param>
internal sealed class CachePolicy(IReadOnlyDictionary<string, ExitAnswer> hits, int cloud) : IPolicy
{
    /// <summary>A hit is answered before any layer has run: there is no visit but exit 0's.</summary>
    public PolicyNeeds Needs { get; } = new() { ExitZero = true };

    public PolicyStep Next(in PolicyState state) =>
        state.Visits.Length > 1 || hits.ContainsKey(state.Guid) ? PolicyStep.Answer : PolicyStep.RunOn(cloud);

    public ExitAnswer Answer(in PolicyState state) => hits.TryGetValue(state.Guid, out var known) ? known : state.Visits[^1].Answer;
}

namespace Dimec.Policies.Baselines;

/// <summary>Every sample of a part takes the steps that were set down for it.</summary>
/// <param name="steps">The steps before the answer for each sample by its guid, at least one.</param>
internal sealed class AllottedPolicy(IReadOnlyDictionary<string, PolicyStep[]> steps) : IPolicy
{
    /// <summary>Every sample on one tier.</summary>
    /// <param name="tierOf">The tier for each sample by its guid.</param>
    public AllottedPolicy(IEnumerable<KeyValuePair<string, int>> tierOf)
        : this(tierOf.ToDictionary(sample => sample.Key, sample => (PolicyStep[])[PolicyStep.RunOn(sample.Value)]))
    {
    }

    public PolicyStep Next(in PolicyState state) =>
        steps[state.Guid] is var own && state.Visits.Length < own.Length ? own[state.Visits.Length] : PolicyStep.Answer;
}

namespace Dimec.Policies.Baselines;

/// <summary>Every sample of a part takes the steps that were set down for it.</summary>
/// <param name="steps">The steps before the answer for each sample by its guid: at least one, but where exit 0 answers.</param>
/// <param name="exitZero">Whether every sample begins with exit 0.</param>
internal sealed class AllottedPolicy(IReadOnlyDictionary<string, PolicyStep[]> steps, bool exitZero = false) : IPolicy
{
    /// <summary>Every sample on one tier.</summary>
    /// <param name="tierOf">The tier for each sample by its guid.</param>
    public AllottedPolicy(IEnumerable<KeyValuePair<string, int>> tierOf)
        : this(tierOf.ToDictionary(sample => sample.Key, sample => (PolicyStep[])[PolicyStep.RunOn(sample.Value)]))
    {
    }

    public PolicyNeeds Needs { get; } = new() { ExitZero = exitZero };

    public PolicyStep Next(in PolicyState state)
    {
        var (own, taken) = (steps[state.Guid], state.Visits.Length - (exitZero ? 1 : 0));
        return taken < own.Length ? own[taken] : PolicyStep.Answer;
    }
}

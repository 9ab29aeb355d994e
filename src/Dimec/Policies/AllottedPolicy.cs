namespace Dimec.Policies;

/// <summary>Every sample of a part on the tier that was set down for it.</summary>
/// <param name="tierOf">The tier for each sample by its guid.</param>
internal sealed class AllottedPolicy(IReadOnlyDictionary<string, int> tierOf) : IPolicy
{
    public PolicyStep Next(in PolicyState state) => state.Visits.IsEmpty ? PolicyStep.RunOn(tierOf[state.Guid]) : PolicyStep.Answer;
}

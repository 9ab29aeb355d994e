namespace Dimec.Policies.Patience;

/// <summary>
/// PABEE's rule: the exits are asked layer by layer, and the sample is answered as soon as an exit's class has been that of the exit
/// before it for <paramref name="patience"/> times in a row, else by the last. Within a tier a further layer costs λ_t; past its last
/// layer the sample starts over on the next tier.
/// </summary>
/// <param name="patience">How many times in a row two exits must agree, from 1.</param>
/// <param name="steps">All exits in order, each on the tier that runs it.</param>
internal sealed class PatiencePolicy(int patience, PolicyStep[] steps) : IPolicy
{
    public PolicyStep Next(in PolicyState state)
    {
        if (state.Visits.Length == steps.Length)
            return PolicyStep.Answer;
        return !state.Visits.IsEmpty && Agreed(state.Visits) >= patience ? PolicyStep.Answer : steps[state.Visits.Length];
    }

    public double? Trust(int tier, in PolicyState state) => Agreed(state.Visits);

    /// <summary>How many times in a row, back from the latest, an exit had the class of the one before it.</summary>
    private static int Agreed(ReadOnlySpan<Visit> visits)
    {
        var agreed = 0;
        for (var i = visits.Length - 1; i > 0 && visits[i].Label == visits[i - 1].Label; i--)
            agreed++;
        return agreed;
    }
}

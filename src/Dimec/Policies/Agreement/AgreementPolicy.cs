namespace Dimec.Policies.Agreement;

/// <summary>
/// Agreement as the rule of a cascade (ABC): a tier's exits are its ensemble, and where at least a share of them gives the class of its
/// deepest one, that class is the answer; else the next tier starts over, and the last one always answers. A tier that holds one exit
/// alone has nobody to agree with and is passed over. A tier's exits come with its layers:
/// it costs λ_t · d_t + o_t, and every tier visited is paid.
/// </summary>
/// <param name="share">The share of a tier's exits that must agree, above 0 and at most 1.</param>
/// <param name="steps">For each tier that is asked, its exits in order.</param>
internal sealed class AgreementPolicy(double share, PolicyStep[][] steps) : IPolicy
{
    private readonly PolicyStep[] _walk = [.. steps.SelectMany(tier => tier)];

    public PolicyStep Next(in PolicyState state)
    {
        var done = state.Visits.Length;
        if (done == _walk.Length)
            return PolicyStep.Answer;
        if (done == 0 || state.Visits[^1].Tier == _walk[done].Tier)
            return _walk[done];
        // The tier's last exit is the latest visit: its whole ensemble has spoken.
        return Agreed(state.Visits) >= share ? PolicyStep.Answer : _walk[done];
    }

    public double? Trust(int tier, in PolicyState state) => Agreed(state.Visits);

    /// <summary>The share of the latest tier's exits that give the class of its deepest one.</summary>
    private static double Agreed(ReadOnlySpan<Visit> visits)
    {
        var (agreed, asked) = (0, 0);
        for (var i = visits.Length - 1; i >= 0 && visits[i].Tier == visits[^1].Tier; i--, asked++)
            agreed += visits[i].Label == visits[^1].Label ? 1 : 0;
        return agreed / (double)asked;
    }
}

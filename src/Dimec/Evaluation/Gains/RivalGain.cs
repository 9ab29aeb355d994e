using Dimec.Planning.Gains;

namespace Dimec.Evaluation.Gains;

/// <summary>What a policy saves on a part beyond a rival within the same drop on the same samples.</summary>
/// <param name="Rival">The rival's name: a single tier's, or that of phone → cloud.</param>
/// <param name="Reduction">What the rival saves: 1 − Σ cost / Σ cost of the cloud.</param>
/// <param name="Drop">The rival's drop, against the reference of the policy's row.</param>
/// <param name="Beyond">The policy's reduction less the rival's; negative where the rival saves more.</param>
public sealed record RivalGain(string Rival, double Reduction, double Drop, double Beyond)
{
    /// <summary>True where more is saved than a match.</summary>
    public bool Saves => Beyond > RoutingGain.Match;

    internal static RivalGain? Of(PolicyEvaluation row, RivalOutcome? rival) =>
        rival is null ? null : new RivalGain(rival.Name, rival.Reduction, rival.Drop, row.Reduction - rival.Reduction);
}

namespace Dimec.Policies.Ladder;

/// <summary>A ladder of a family.</summary>
/// <param name="Family">The family.</param>
/// <param name="Route">Where its stops run.</param>
/// <param name="Thresholds">One for each stop but the last.</param>
/// <param name="Cost">The mean cost of a sample of the selection part.</param>
/// <param name="Risk">The share of samples that is expected to be answered otherwise than is wanted.</param>
internal sealed record LadderMember(LadderFamily Family, LadderRoute Route, double[] Thresholds, double Cost, double Risk);

namespace Dimec.Studies.Measures;

/// <summary>A bandit's cumulative regret over the samples of the reported part, as they come.</summary>
/// <param name="Policy">The policy's name.</param>
/// <param name="Orders">In how many orders the samples came; the regret is their mean.</param>
/// <param name="Samples">After how many samples each value was read, ascending; the last is the part's number of samples.</param>
/// <param name="Regret">The regret in units of reward, as many values.</param>
public sealed record RegretCurve(string Policy, int Orders, IReadOnlyList<int> Samples, IReadOnlyList<double> Regret);

namespace Dimec.Studies.Sweeps;

/// <summary>How a policy stands over a whole sweep.</summary>
/// <param name="Policy">The policy's name.</param>
/// <param name="Wins">At how many structures it wins.</param>
/// <param name="NotKept">At how many it has no plan that keeps the drop on the selection part.</param>
/// <param name="MeanLoss">How much less of the cloud's cost it saves than the winner, on average over the structures.</param>
/// <param name="WorstLoss">The same at the structure where it is largest.</param>
/// <param name="WorstAt">That structure's place in the sweep.</param>
/// <param name="LargestDrop">The largest drop that it had on the reported part.</param>
public sealed record SweepStanding(
    string Policy, int Wins, int NotKept, double MeanLoss, double WorstLoss, int WorstAt, double LargestDrop);

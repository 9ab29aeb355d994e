namespace Dimec.Policies.Fitting;

/// <summary>What a candidate does on the selection part.</summary>
/// <param name="Right">How many samples it answers right.</param>
/// <param name="Cost">The mean cost of a sample.</param>
/// <param name="Answered">By tier, how many samples it answers.</param>
/// <param name="AnsweredAt">By exit (its layer, 0 for exit 0), how many samples it answers.</param>
public sealed record FittedOutcome(int Right, double Cost, IReadOnlyList<int> Answered, IReadOnlyDictionary<int, int> AnsweredAt)
{
    /// <summary>
    /// How many samples either it or what it ends at has right and not both, where it was not chosen by what it has right; otherwise null.
    /// </summary>
    public int? Discordant { get; init; }
}

namespace Dimec.Studies.Promises;

/// <summary>
/// How often promises are broken and plans found, counted: samples are drawn from a population of which everything is known, again and
/// again, and each time the promise is made anew on what was drawn.
/// </summary>
/// <param name="Draws">How often, at each number of samples.</param>
/// <param name="Confidence">1 − δ, with which each promise is made.</param>
/// <param name="MaxDrop">The drop that is promised, a fraction: 0.005 is half a point.</param>
/// <param name="Population">The number of samples that are drawn from, with replacement: none of them had a say in the plans.</param>
/// <param name="Samples">The numbers of samples that are drawn.</param>
/// <param name="Chains">A policy and a loss each, in the order of tables.</param>
public sealed record PromiseRedraws(
    int Draws, double Confidence, double MaxDrop, int Population, IReadOnlyList<int> Samples, IReadOnlyList<RedrawnChain> Chains)
{
    /// <summary>Plans of no policy, whose losses are what they were set to be; none on recorded exits.</summary>
    public IReadOnlyList<RedrawnChain> Known { get; init; } = [];

    /// <summary>Policies for which no promise is made, with the reason, a sentence each.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];
}

namespace Dimec.Checkpoints;

/// <summary>
/// The names of the exits' parts, which training adds to a checkpoint of any family; their tensors end in <c>.weight</c> and <c>.bias</c>.
/// </summary>
public static class ExitNames
{
    /// <summary>What they all begin with.</summary>
    public const string Stem = "exits.";

    /// <summary>The dense layer H → H of the head <see cref="ExitHeadConfig.PoolerHead"/>.</summary>
    /// <param name="exit">The layer that carries the exit, from 1.</param>
    /// <returns>The name.</returns>
    public static string Dense(int exit) => FormattableString.Invariant($"{Stem}{exit}.dense");

    /// <summary>The classifier H → classes.</summary>
    /// <param name="exit">The layer that carries the exit, from 1.</param>
    /// <returns>The name.</returns>
    public static string Classifier(int exit) => FormattableString.Invariant($"{Stem}{exit}.classifier");
}

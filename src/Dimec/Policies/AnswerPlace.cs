namespace Dimec.Policies;

/// <summary>Where samples are answered: on a tier, or at exit 0, which is a place of its own although the first tier computes it.</summary>
/// <param name="Name">The tier's name, or <see cref="ExitZero"/>.</param>
/// <param name="Share">The share of samples that are answered there.</param>
public readonly record struct AnswerPlace(string Name, double Share)
{
    /// <summary>What exit 0 is called beside the tiers.</summary>
    public const string ExitZero = "exit 0";

    /// <summary>The places in their order: exit 0 where it answers any sample, then the tiers.</summary>
    /// <param name="shares">By tier, the share of samples that it answered, the first tier first.</param>
    /// <param name="answeredAt">By exit, the share of samples that it answered; empty where that is not known.</param>
    public static IReadOnlyList<AnswerPlace> Of(IReadOnlyDictionary<string, double> shares, IReadOnlyDictionary<int, double> answeredAt)
    {
        ArgumentNullException.ThrowIfNull(shares);
        ArgumentNullException.ThrowIfNull(answeredAt);
        var zero = answeredAt.GetValueOrDefault(0);
        var tiers = shares.Select((tier, place) => new AnswerPlace(tier.Key, place == 0 ? Math.Max(0, tier.Value - zero) : tier.Value));
        return zero > 0 ? [new AnswerPlace(ExitZero, zero), .. tiers] : [.. tiers];
    }
}

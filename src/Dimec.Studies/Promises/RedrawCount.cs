using Dimec.Statistics;

namespace Dimec.Studies.Promises;

/// <summary>What redraws came to with one procedure and one bound at one number of samples.</summary>
/// <param name="Procedure">The procedure's name.</param>
/// <param name="Bound">The bound's name.</param>
/// <param name="Samples">How many samples each draw has.</param>
/// <param name="Draws">How many draws there were.</param>
/// <param name="Found">In how many a plan cheaper than the reference was shown to keep the promise.</param>
/// <param name="Broken">In how many that plan loses more, over the whole population, than was promised.</param>
/// <param name="Saved">
/// What the plans save on average over the whole population, 1 − Σ cost / Σ cost of the cloud; 0 where none was found.
/// </param>
public sealed record RedrawCount(string Procedure, string Bound, int Samples, int Draws, int Found, int Broken, double Saved)
{
    /// <summary>The 95 % interval of how often the promise is broken (Clopper–Pearson), 0 … 1.</summary>
    public Interval BrokenInterval => Binomial.ClopperPearson(Broken, Draws, 0.95);

    /// <summary>Draws of the same procedure, bound and number of samples put together, as of several seeds.</summary>
    /// <param name="counts">At least one.</param>
    public static RedrawCount Sum(IReadOnlyCollection<RedrawCount> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var draws = counts.Sum(count => count.Draws);
        return counts.First() with
        {
            Draws = draws,
            Found = counts.Sum(count => count.Found),
            Broken = counts.Sum(count => count.Broken),
            Saved = counts.Sum(count => count.Saved * count.Draws) / draws,
        };
    }
}

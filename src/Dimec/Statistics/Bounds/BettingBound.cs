namespace Dimec.Statistics.Bounds;

/// <summary>
/// A gambler bets that losses are below the limit, ν · (limit − loss) of the money on each sample; where the mean is the limit or more, the
/// money is expected not to grow, so that p = 1 / money by Markov's inequality. The money is shared between bets of many sizes ν that are
/// fixed beforehand, so that the result does not depend on the samples' order. It uses the losses' variance without a word for it:
/// strongest of these for signed losses that are mostly 0.
/// </summary>
public sealed class BettingBound : IRiskBound
{
    /// <summary>The name.</summary>
    public const string BettingName = "betting";

    /// <summary>The bets lie on a grid from the boldest, which a single loss of 1 nearly ruins, down by this factor each.</summary>
    private const double Step = 0.6;

    private const int Bets = 12;

    /// <summary>Of the size that a loss of 1 ruins.</summary>
    private const double Boldest = 0.95;

    /// <inheritdoc/>
    public string Name => BettingName;

    /// <inheritdoc/>
    public string Source => "Waudby-Smith, Ramdas 2023, arXiv 2010.09686, with constant bets mixed as in Cover's universal portfolio";

    /// <inheritdoc/>
    public bool TakesSigned => true;

    /// <inheritdoc/>
    public double PValue(LossTally tally, double limit)
    {
        BoundLimits.Check(this, tally, limit);
        // A mean of 1 is one of samples that are all lost.
        if (limit >= 1)
            return tally.Plus == tally.N ? 1 : 0;
        var zeros = tally.N - tally.Plus - tally.Minus;
        Span<double> logs = stackalloc double[Bets];
        var bet = Boldest / (1 - limit);
        for (var i = 0; i < Bets; i++)
        {
            logs[i] = (tally.Plus * Math.Log(1 + (bet * (limit - 1)))) + (zeros * Math.Log(1 + (bet * limit)))
                + (tally.Minus * Math.Log(1 + (bet * (limit + 1))));
            bet *= Step;
        }

        var most = double.NegativeInfinity;
        foreach (var log in logs)
            most = Math.Max(most, log);
        var sum = 0.0;
        foreach (var log in logs)
            sum += Math.Exp(log - most);
        return Math.Min(1, Math.Exp(-(most + Math.Log(sum / Bets))));
    }
}

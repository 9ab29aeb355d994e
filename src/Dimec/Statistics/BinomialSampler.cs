namespace Dimec.Statistics;

/// <summary>
/// Draws from binomial distributions by inversion outward from the mode: about √(n p (1 − p)) steps a draw, where resampling rows would
/// take n. The mode's probability is kept a distribution, since the bootstrap draws from few of them ten thousand times.
/// </summary>
internal sealed class BinomialSampler(Random random)
{
    private readonly Dictionary<(int N, double P), (int Mode, double Probability)> _modes = [];

    /// <summary>A draw of X ~ Bin(n, p).</summary>
    public int Next(int n, double p)
    {
        if (n == 0 || p <= 0)
            return 0;
        if (p >= 1)
            return n;
        var (mode, atMode) = Mode(n, p);
        var left = random.NextDouble() - atMode;
        var (below, above) = (mode, mode);
        var (atBelow, atAbove) = (atMode, atMode);
        var odds = p / (1 - p);
        while (left >= 0)
        {
            var before = left;
            if (above < n)
            {
                atAbove *= odds * (n - above) / (above + 1);
                above++;
                left -= atAbove;
                if (left < 0)
                    return above;
            }

            if (below > 0)
            {
                atBelow *= below / (odds * (n - below + 1));
                below--;
                left -= atBelow;
                if (left < 0)
                    return below;
            }

            // The probabilities sum to 1 but for rounding; a draw beyond their sum is the mode's.
            if (left == before)
                return mode;
        }

        return mode;
    }

    private (int Mode, double Probability) Mode(int n, double p)
    {
        if (_modes.TryGetValue((n, p), out var known))
            return known;
        var mode = Math.Min(n, (int)((n + 1) * p));
        return _modes[(n, p)] = (mode, Math.Exp(Binomial.LogProbability(mode, n, p)));
    }
}

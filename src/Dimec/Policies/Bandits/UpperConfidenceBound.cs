namespace Dimec.Policies.Bandits;

/// <summary>
/// UCB1 (Auer, Cesa-Bianchi, Fischer 2002): the arm with the largest mean reward so far plus c · √(ln(t + 1) / N), where t counts the
/// rounds from 0 and N how often the arm was played. The first rounds play every arm once, in order; of equals the first arm is played.
/// </summary>
internal static class UpperConfidenceBound
{
    /// <summary>Plays.</summary>
    /// <param name="rounds">How many rounds.</param>
    /// <param name="arms">How many arms, at least 1.</param>
    /// <param name="reward">The reward of an arm in a round; only those that are seen are asked for.</param>
    /// <param name="bonus">c, at least 0.</param>
    /// <param name="seesEarlier">Whether, after the first rounds, the rewards of all arms before the played one are seen as well,
    /// and count as if these had been played.</param>
    /// <returns>The arm of each round.</returns>
    public static int[] Play(int rounds, int arms, Func<int, int, double> reward, double bonus, bool seesEarlier = false)
    {
        var played = new int[rounds];
        var (sums, counts) = (new double[arms], new int[arms]);
        // What changes with an arm's own plays alone: its mean, and 1 / √N.
        var (means, widths) = (new double[arms], new double[arms]);
        for (var t = 0; t < rounds; t++)
        {
            var arm = t < arms ? t : Best(means, widths, bonus * Math.Sqrt(Math.Log(t + 1)));
            played[t] = arm;
            for (var seen = seesEarlier && t >= arms ? 0 : arm; seen <= arm; seen++)
            {
                sums[seen] += reward(t, seen);
                counts[seen]++;
                (means[seen], widths[seen]) = (sums[seen] / counts[seen], 1 / Math.Sqrt(counts[seen]));
            }
        }

        return played;
    }

    /// <summary>
    /// The cumulative regret after every round: what the best single arm for the whole stream would have earned by then,
    /// less what was earned.
    /// </summary>
    public static double[] Regret(int arms, Func<int, int, double> reward, IReadOnlyList<int> played)
    {
        var rounds = played.Count;
        var regret = new double[rounds];
        var best = Enumerable.Range(0, arms).MaxBy(arm => Enumerable.Range(0, rounds).Sum(t => reward(t, arm)));
        var sum = 0.0;
        for (var t = 0; t < rounds; t++)
            regret[t] = sum += reward(t, best) - reward(t, played[t]);
        return regret;
    }

    private static int Best(ReadOnlySpan<double> means, ReadOnlySpan<double> widths, double scale)
    {
        var (best, bound) = (0, double.NegativeInfinity);
        for (var arm = 0; arm < means.Length; arm++)
        {
            var upper = means[arm] + (scale * widths[arm]);
            if (upper > bound)
                (best, bound) = (arm, upper);
        }

        return best;
    }
}

namespace Dimec.Policies.Bandits;

/// <summary>
/// UCB1 (Auer, Cesa-Bianchi, Fischer 2002): the arm with the largest mean reward so far plus c · √(ln(t + 1) / N), where t counts the
/// rounds from 0 and N how often the arm was played. The first rounds play every arm once, in order; of equals the first arm is played.
/// </summary>
internal static class UpperConfidenceBound
{
    /// <summary>Plays.</summary>
    /// <param name="rewards">For each round, the reward of each arm; only the played arm's is looked at.</param>
    /// <param name="bonus">c, at least 0.</param>
    /// <returns>The arm of each round.</returns>
    public static int[] Play(double[][] rewards, double bonus)
    {
        var played = new int[rewards.Length];
        if (rewards.Length == 0)
            return played;
        var arms = rewards[0].Length;
        var (sums, counts) = (new double[arms], new int[arms]);
        for (var t = 0; t < rewards.Length; t++)
        {
            var arm = t < arms ? t : Best(sums, counts, bonus * Math.Sqrt(Math.Log(t + 1)));
            played[t] = arm;
            sums[arm] += rewards[t][arm];
            counts[arm]++;
        }

        return played;
    }

    /// <summary>
    /// The cumulative regret after every round: what the best single arm for the whole stream would have earned by then, less what was earned.
    /// </summary>
    public static double[] Regret(double[][] rewards, IReadOnlyList<int> played)
    {
        var regret = new double[rewards.Length];
        if (rewards.Length == 0)
            return regret;
        var best = Enumerable.Range(0, rewards[0].Length).MaxBy(arm => rewards.Sum(round => round[arm]));
        var sum = 0.0;
        for (var t = 0; t < rewards.Length; t++)
            regret[t] = sum += rewards[t][best] - rewards[t][played[t]];
        return regret;
    }

    private static int Best(double[] sums, int[] counts, double scale)
    {
        var (best, bound) = (0, double.NegativeInfinity);
        for (var arm = 0; arm < sums.Length; arm++)
        {
            var upper = (sums[arm] / counts[arm]) + (scale / Math.Sqrt(counts[arm]));
            if (upper > bound)
                (best, bound) = (arm, upper);
        }

        return best;
    }
}

using CsCheck;
using Dimec.Policies.Bandits;

namespace Dimec.Tests.Policies.Bandits;

public class UpperConfidenceBoundTests
{
    [Fact]
    public void Worked_by_hand()
    {
        // Rounds 0 and 1 play each arm once. Round 2: 0 + √ln 3 = 1.048 against 0.5 + √ln 3. Round 3: arm 0 has 0 + √ln 4 = 1.177,
        // arm 1 a mean of 0.5 and √(ln 4 / 2) = 0.833: 1.333. Round 4: √ln 5 = 1.269 against 0.5 + √(ln 5 / 3) = 1.232: arm 0.
        double[][] rewards = [.. Enumerable.Repeat((double[])[0, 0.5], 5)];
        Assert.Equal([0, 1, 1, 1, 0], Play(rewards, 1));
        Assert.Equal([0.5, 0.5, 0.5, 0.5, 1.0], Regret(rewards, [0, 1, 1, 1, 0]));
    }

    [Fact]
    public void An_arm_that_is_always_better_is_played_ever_more()
    {
        double[][] rewards = [.. Enumerable.Repeat((double[])[0.2, 0.9, 0.4], 5000)];
        var played = Play(rewards, 1);
        Assert.True(played.Count(arm => arm == 1) > 4900);
        var regret = Regret(rewards, played);
        // Logarithmic and not linear: the second half adds little.
        Assert.True(regret[^1] - regret[2499] < 0.2 * regret[^1]);
    }

    [Fact]
    public void It_equals_its_restatement() => Gen.Double[-1, 1].Array[3].Array[1, 60].Sample(rewards =>
    {
        var history = new List<(int Arm, double Reward)>();
        for (var t = 0; t < rewards.Length; t++)
        {
            double Bound(int arm)
            {
                double[] own = [.. history.Where(round => round.Arm == arm).Select(round => round.Reward)];
                return own.Length == 0 ? double.PositiveInfinity : own.Average() + (2 * Math.Sqrt(Math.Log(t + 1) / own.Length));
            }

            var arm = Enumerable.Range(0, 3).MaxBy(Bound);
            history.Add((arm, rewards[t][arm]));
        }

        Assert.Equal(history.Select(round => round.Arm), Play(rewards, 2));
    });

    [Fact]
    public void Nothing_is_played_without_rounds() => Assert.Empty(Regret([], Play([], 1)));

    private static int[] Play(double[][] rewards, double bonus) =>
        UpperConfidenceBound.Play(rewards.Length, Arms(rewards), (t, arm) => rewards[t][arm], bonus);

    private static double[] Regret(double[][] rewards, int[] played) =>
        UpperConfidenceBound.Regret(Arms(rewards), (t, arm) => rewards[t][arm], played);

    private static int Arms(double[][] rewards) => rewards.Length == 0 ? 1 : rewards[0].Length;
}

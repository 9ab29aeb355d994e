using Dimec.Evaluation;

namespace Dimec.Tests.Evaluation;

public sealed class PairedDropTests
{
    [Fact]
    public void Few_disagreements_get_the_exact_bound()
    {
        // 200 samples of class 0; the policy alone is right on 2, the cloud alone on 3.
        var gold = new int[200];
        var policy = Answers(200, wrong: [10, 11, 12]);
        var cloud = Answers(200, wrong: [20, 21]);

        var (drop, interval) = PairedDrop.Of(policy, cloud, gold);

        Assert.Equal(0.005, drop, 12);
        Assert.Equal(-ClopperPearson.Upper(2, 200, 0.025), interval.Lower, 12);
        Assert.Equal(ClopperPearson.Upper(3, 200, 0.025), interval.Upper, 12);
    }

    [Fact]
    public void The_bootstrap_agrees_with_one_that_resamples_rows()
    {
        var random = new Random(5);
        var gold = Enumerable.Range(0, 900).Select(_ => random.Next(3)).ToArray();
        int[] Noisy(double share) => [.. gold.Select(g => random.NextDouble() < share ? (g + 1) % 3 : g)];
        var (policy, cloud) = (Noisy(0.2), Noisy(0.12));

        var (drop, interval) = PairedDrop.Of(policy, cloud, gold);

        var rows = ResampleRows(policy, cloud, gold, random);
        Assert.Equal(rows[rows.Length / 2], drop, 0.003);
        Assert.Equal(rows[(int)(0.025 * rows.Length)], interval.Lower, 0.004);
        Assert.Equal(rows[(int)(0.975 * rows.Length)], interval.Upper, 0.004);
    }

    [Fact]
    public void The_same_seed_gives_the_same_interval()
    {
        var gold = new int[300];
        var policy = Answers(300, wrong: [.. Enumerable.Range(0, 40)]);
        var cloud = Answers(300, wrong: [.. Enumerable.Range(30, 20)]);

        Assert.Equal(PairedDrop.Of(policy, cloud, gold, seed: 3), PairedDrop.Of(policy, cloud, gold, seed: 3));
    }

    private static int[] Answers(int n, int[] wrong) => [.. Enumerable.Range(0, n).Select(i => wrong.Contains(i) ? 1 : 0)];

    /// <summary>Stratified by class, row by row; the drops in ascending order.</summary>
    private static double[] ResampleRows(int[] policy, int[] cloud, int[] gold, Random random)
    {
        var rowsOf = gold.Select((g, i) => (g, i)).GroupBy(pair => pair.g, pair => pair.i).Select(group => group.ToArray()).ToArray();
        var drops = new double[4000];
        for (var d = 0; d < drops.Length; d++)
        {
            var difference = 0;
            foreach (var rows in rowsOf)
            {
                for (var k = 0; k < rows.Length; k++)
                {
                    var i = rows[random.Next(rows.Length)];
                    difference += (cloud[i] == gold[i] ? 1 : 0) - (policy[i] == gold[i] ? 1 : 0);
                }
            }

            drops[d] = (double)difference / gold.Length;
        }

        return [.. drops.Order()];
    }
}

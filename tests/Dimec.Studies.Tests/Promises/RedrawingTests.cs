using CsCheck;
using Dimec.Planning.Promises;
using Dimec.Planning.Promises.Procedures;
using Dimec.Statistics.Bounds;
using Dimec.Studies.Promises;

namespace Dimec.Studies.Tests.Promises;

/// <summary>Counts of losses in place of samples: the same tests, and the same figures as who draws sample by sample comes to.</summary>
public class RedrawingTests
{
    private const double Limit = 0.1;

    private static readonly Gen<sbyte[][]> s_losses =
        from samples in Gen.Int[1, 30]
        from plans in Gen.SByte[-1, 1].Array[samples].Array[1, 6]
        select plans;

    [Fact]
    public void A_draw_counts_what_its_samples_lose() =>
        (from losses in s_losses
         from n in Gen.Int[2, 60]
         from seed in Gen.Int[0, 1000]
         select (losses, n, seed)).Sample(x =>
         {
             var population = x.losses[0].Length;
             var (first, second) = Plans(x.losses).On(DrawnSamples.Of(population, x.n, new Random(x.seed)));
             var random = new Random(x.seed);
             int[] drawn = [.. Enumerable.Range(0, x.n).Select(_ => random.Next(population))];
             for (var plan = 0; plan < x.losses.Length; plan++)
             {
                 Assert.Equal(Tally(x.losses[plan], drawn[..(x.n / 2)]), first[plan]);
                 Assert.Equal(Tally(x.losses[plan], drawn[(x.n / 2)..]), second[plan]);
             }
         }, iter: 200);

    [Fact]
    public void The_counts_are_those_of_draws_sample_by_sample() =>
        (from losses in s_losses
         from seed in Gen.Int[0, 1000]
         select (losses, seed)).Sample(x =>
         {
             var options = new RedrawOptions(7, Limit) { Seed = x.seed };
             var claim = PromiseClaim.Of(new PromiseOptions { MaxDrop = Limit, Loss = PromiseLoss.Paired }, labelled: true)[0];
             int[] samples = [20, 45];
             var chain = Redrawing.Run(
                 [new RedrawableChain("made", claim, Plans(x.losses), null)], x.losses[0].Length, samples, options,
                 TestContext.Current.CancellationToken).Single();
             // Three bounds take signed losses.
             Assert.Equal(3 * samples.Length * PromiseProcedures.All.Count, chain.Counts.Count);
             Assert.All(chain.Counts, count =>
             {
                 var (found, broken, saved) = Again(x.losses, samples, count, options);
                 Assert.Equal((found, broken), (count.Found, count.Broken));
                 Assert.Equal(saved, count.Saved, 1e-9);
             });
         }, iter: 30);

    [Fact]
    public void The_best_plan_is_the_cheapest_that_keeps_the_promise()
    {
        sbyte[][] losses = [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0, 0, 0, 0, 0], [1, 1, 0, 0, 0, 0, 0, 0, 0, 0]];
        var claim = PromiseClaim.Of(new PromiseOptions { MaxDrop = Limit }, labelled: true)[0];
        var chain = new RedrawableChain("made", claim, Plans(losses), new UnpromisedPlan(0.9, 0.2)).With([]);
        Assert.Equal(("lost", "exact", 3, 0.0), (chain.Loss, chain.Bound, chain.Plans, chain.LeastLoss));
        // One of ten is the limit itself.
        Assert.Equal(2 / 3.0, chain.BestSaved, 1e-12);
    }

    [Fact]
    public void Seeds_are_put_together_by_their_draws()
    {
        var sum = RedrawCount.Sum(
            [new RedrawCount("p", "b", 50, 100, 90, 3, 0.5), new RedrawCount("p", "b", 50, 300, 150, 9, 0.1)]);
        Assert.Equal(new RedrawCount("p", "b", 50, 400, 240, 12, 0.2), sum);
        // scipy.stats.binomtest(12, 400).proportion_ci(0.95, 'exact').
        Assert.Equal(0.0155956, sum.BrokenInterval.Lower, 1e-5);
        Assert.Equal(0.0518172, sum.BrokenInterval.Upper, 1e-5);
    }

    [Fact]
    public void A_half_is_halved_no_further()
    {
        var values = new RedrawnTests.PValues(new ExactBound(), Limit);
        LossTally[] half = [LossTally.Of(10, 1)];
        var halves = RedrawnTests.Of(half, half, values).Halves();
        Assert.Throws<InvalidOperationException>(() => (object)halves.First.Halves());
    }

    /// <summary>The same with every sample looked at, and the procedures as their publications have them.</summary>
    private static (int Found, int Broken, double Saved) Again(
        sbyte[][] losses, int[] samples, RedrawCount count, RedrawOptions options)
    {
        var bound = RiskBounds.Find(count.Bound)!;
        var master = new Random(options.Seed);
        var (found, broken, saved) = (0, 0, 0.0);
        for (var draw = 0; draw < options.Draws; draw++)
        {
            var random = new Random(master.Next());
            foreach (var n in samples)
            {
                int[] drawn = [.. Enumerable.Range(0, n).Select(_ => random.Next(losses[0].Length))];
                if (n != count.Samples)
                    continue;
                double[] P(int[] of) => [.. losses.Select(plan => bound.PValue(Tally(plan, of), Limit))];
                var chosen = Chosen(count.Procedure, P(drawn), P(drawn[..(n / 2)]), P(drawn[(n / 2)..]));
                if (chosen < 0)
                    continue;
                found++;
                saved += Saved(chosen, losses.Length);
                broken += losses[chosen].Sum(loss => loss) > Limit * losses[0].Length ? 1 : 0;
            }
        }

        return (found, broken, saved / options.Draws);
    }

    /// <summary>The cheapest plan that is accepted, −1 for none.</summary>
    private static int Chosen(string procedure, double[] p, double[] first, double[] second)
    {
        const double delta = 0.05;
        var chosen = -1;
        switch (procedure)
        {
            case "fixed-sequence":
                for (var plan = 0; plan < p.Length && p[plan] <= delta; plan++)
                    chosen = plan;
                break;
            case "split-sequence":
                foreach (var plan in Enumerable.Range(0, p.Length).OrderBy(plan => first[plan]).TakeWhile(plan => second[plan] <= delta))
                    chosen = Math.Max(chosen, plan);
                break;
            case "multi-start":
                int[] starts = [.. new[] { 0, 1, 2, 3 }.Select(start => p.Length * start / 4).Distinct()];
                foreach (var start in starts)
                {
                    for (var plan = start; plan < p.Length && p[plan] <= delta / starts.Length; plan++)
                        chosen = Math.Max(chosen, plan);
                }

                break;
            case "bonferroni-holm":
                int[] order = [.. Enumerable.Range(0, p.Length).OrderBy(plan => p[plan])];
                for (var rank = 0; rank < order.Length && p[order[rank]] <= delta / (p.Length - rank); rank++)
                    chosen = Math.Max(chosen, order[rank]);
                break;
            default:
                throw new ArgumentException(procedure, nameof(procedure));
        }

        return chosen;
    }

    private static LossTally Tally(sbyte[] losses, int[] samples) => LossTally.Signed(
        samples.Length, samples.Count(sample => losses[sample] > 0), samples.Count(sample => losses[sample] < 0));

    private static PopulationPlans Plans(sbyte[][] losses) => new(
        losses[0].Length, losses, [.. Enumerable.Range(0, losses.Length).Select(plan => Saved(plan, losses.Length))], isSigned: true);

    private static double Saved(int plan, int plans) => (plan + 1) / (double)plans;
}

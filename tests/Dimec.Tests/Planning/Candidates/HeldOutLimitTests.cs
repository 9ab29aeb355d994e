using CsCheck;
using Dimec.Costs;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Policies.Fitting;
using Dimec.Predictions;

namespace Dimec.Tests.Planning.Candidates;

public class HeldOutLimitTests
{
    private static readonly CostStructure s_costs = CostStructure.Default([2, 4, 6]);

    /// <summary>
    /// Many parts of one kind of data, each with a fresh part to read on: the plans that are held to halves, or are a margin below the
    /// limit, lose about what is allowed there, those that are not lose more; much more where they are the luckiest of a grid.
    /// </summary>
    [Fact]
    public void Plans_lose_on_fresh_samples_what_is_allowed_and_without_halvings_or_margin_more()
    {
        var allowed = new PlanningOptions { MaxDrop = 0.005 };
        var families = (
            Held: Lost(allowed with { Margin = 0.5 }), Plain: Lost(allowed with { Margin = 0 }), Safe: Lost(allowed with { Margin = 2 }));
        var onGrid = allowed with { Thresholds = ThresholdSearch.Grid };
        var grid = (Held: Lost(onGrid with { Halvings = 3 }), Plain: Lost(onGrid with { Halvings = 0 }));
        var seen = $"families {families}, grid {grid}";
        Assert.True(families.Held < 0.0065 && grid.Held < 0.01, seen);
        Assert.True(families.Plain > families.Held && families.Held > families.Safe && grid.Plain > grid.Held + 0.003, seen);
        Assert.True(grid.Plain > families.Plain + 0.01, seen);
    }

    [Fact]
    public void What_is_kept_on_the_selection_part_is_never_more_than_is_allowed_and_a_few_samples_are_taken_as_they_are() =>
        Gen.Select(Gen.Int[2, 60], Gen.Int[1, 1000]).Sample((count, seed) =>
        {
            var part = Part("selection", count, seed);
            var options = new PlanningOptions { MaxDrop = 0.005, Thresholds = ThresholdSearch.Grid };
            var (held, plain) = (Planned(part, options with { Halvings = 3 }), Planned(part, options with { Halvings = 0 }));
            Assert.Equal(plain is PlanOutcome.Planned, held is PlanOutcome.Planned);
            if (held is not PlanOutcome.Planned { Plan: var kept } || plain is not PlanOutcome.Planned { Plan: var asked })
                return;
            Assert.True(kept.Expected.Cost >= asked.Expected.Cost);
            if (count < 20)
                Assert.Equal(asked.Expected.Cost, kept.Expected.Cost);
        }, iter: 60);

    [Fact]
    public void With_a_margin_the_drop_is_so_many_standard_errors_below_the_limit_or_as_near_as_there_is() =>
        Gen.Select(Gen.Int[50, 400], Gen.Int[1, 1000], Gen.Double[0, 3]).Sample((count, seed, margin) =>
        {
            var part = Part("selection", count, seed);
            var options = new PlanningOptions { MaxDrop = 0.02, Margin = margin };
            if (Planned(part, options) is not PlanOutcome.Planned { Plan: var plan, Frontier: var frontier, IsHeldToStackedCloud: true })
                return;
            var end = Right(Cloud(part));
            var widened = frontier.Select(point =>
            {
                double[] losses = [.. Right(plan with { Parameters = point.Parameters })
                    .Zip(end, (own, last) => (last ? 1.0 : 0) - (own ? 1.0 : 0))];
                var (drop, square) = (losses.Average(), Math.Max(losses.Average(loss => loss * loss), 1.0 / count));
                return (point.Parameters, Drop: drop, Widened: drop + (margin * Math.Sqrt((square - (drop * drop)) / count)));
            }).Where(point => point.Drop <= 0.02 + 1e-12).ToArray();
            var expected = widened.FirstOrDefault(point => point.Widened <= 0.02 + 1e-12).Parameters
                ?? widened.MinBy(point => point.Widened).Parameters;
            Assert.Same(expected, plan.Parameters);

            bool[] Right(Plan one) => [.. PolicyRunner.Run(one.CreatePolicy(), part, s_costs).Right(part)];
        }, iter: 40);

    private static PlanOutcome Planned(RecordedExits selection, PlanningOptions options) => new Planner(
        new PlanRequest { Selection = new SelectionPart(selection), Costs = s_costs, Options = options }).Plan("ladder");

    /// <summary>The mean drop on fresh samples.</summary>
    private static double Lost(PlanningOptions options)
    {
        const int Parts = 40;
        return Enumerable.Range(0, Parts).Average(seed =>
        {
            var (selection, fresh) = (Part("selection", 300, (2 * seed) + 1), Part("dev", 4000, (2 * seed) + 2));
            return Lost(Assert.IsType<PlanOutcome.Planned>(Planned(selection, options)).Plan, selection, fresh);
        });
    }

    private static double Lost(Plan plan, RecordedExits selection, RecordedExits fresh)
    {
        return Right(Cloud(selection)) - Right(plan);

        double Right(Plan one) =>
            PolicyRunner.Run(one.CreatePolicy(), fresh, s_costs).Right(fresh).Count(right => right) / (double)fresh.Count;
    }

    private static Plan Cloud(RecordedExits selection) => Assert.IsType<PlanOutcome.Planned>(new Planner(new PlanRequest
    {
        Selection = new SelectionPart(selection),
        Costs = s_costs,
        Options = new PlanningOptions { MaxDrop = 1 },
    }).Plan("stacked-cloud")).Plan;

    /// <summary>Four exits, each a noisy view of the truth, the deeper the clearer.</summary>
    private static RecordedExits Part(string part, int count, int seed)
    {
        var random = new Random(seed);
        var builder = new RecordedExitsBuilder(part, [2, 4, 6], 2, 0);
        var zero = new float[2 * count];
        for (var i = 0; i < count; i++)
        {
            var gold = random.Next(2);
            var hard = random.NextDouble() * 2;
            builder.Add($"{part}-{seed}-{i}", gold, [.. new[] { 1.0, 1.4, 1.7 }.SelectMany(clear => Logits(clear - hard, gold))], []);
            Logits(0.9 - hard, gold).CopyTo(zero, 2 * i);
        }

        return builder.Build().WithExitZero(zero);

        float[] Logits(double signal, int gold)
        {
            var margin = (float)(1.5 * (signal + Normal()));
            return gold == 1 ? [0, margin] : [margin, 0];
        }

        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}

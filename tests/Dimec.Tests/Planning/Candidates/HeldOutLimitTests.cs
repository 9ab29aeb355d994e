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
    /// Many parts of one kind of data, each with a fresh part to read on: the plans that are held to halves lose about what is allowed
    /// there, those that are not lose more; much more where they are the luckiest of a grid.
    /// </summary>
    [Fact]
    public void Plans_lose_on_fresh_samples_what_is_allowed_and_without_halvings_more()
    {
        var (families, grid) = (Lost(ThresholdSearch.Families), Lost(ThresholdSearch.Grid));
        var seen = $"families {families}, grid {grid}";
        Assert.True(families.Held < 0.0075 && grid.Held < 0.01, seen);
        Assert.True(families.Plain > families.Held && grid.Plain > grid.Held + 0.003, seen);
        Assert.True(grid.Plain > families.Plain + 0.01, seen);
    }

    [Fact]
    public void What_is_kept_on_the_selection_part_is_never_more_than_is_allowed_and_a_few_samples_are_taken_as_they_are() =>
        Gen.Select(Gen.Int[2, 60], Gen.Int[1, 1000]).Sample((count, seed) =>
        {
            var part = Part("selection", count, seed);
            var (held, plain) = (Planned(part, 3), Planned(part, 0));
            Assert.Equal(plain is PlanOutcome.Planned, held is PlanOutcome.Planned);
            if (held is not PlanOutcome.Planned { Plan: var kept } || plain is not PlanOutcome.Planned { Plan: var asked })
                return;
            Assert.True(kept.Expected.Cost >= asked.Expected.Cost);
            if (count < 20)
                Assert.Equal(asked.Expected.Cost, kept.Expected.Cost);
        }, iter: 60);

    private static PlanOutcome Planned(RecordedExits selection, int halvings, ThresholdSearch search = ThresholdSearch.Families)
    {
        var request = new PlanRequest
        {
            Selection = new SelectionPart(selection),
            Costs = s_costs,
            Options = new PlanningOptions { MaxDrop = 0.005, Halvings = halvings, Thresholds = search },
        };
        return new Planner(request).Plan("ladder");
    }

    /// <summary>The mean drops on fresh samples with and without halvings.</summary>
    private static (double Held, double Plain) Lost(ThresholdSearch search)
    {
        var (held, plain) = (0.0, 0.0);
        const int Parts = 40;
        for (var seed = 0; seed < Parts; seed++)
        {
            var (selection, fresh) = (Part("selection", 300, (2 * seed) + 1), Part("dev", 4000, (2 * seed) + 2));
            held += Lost(Assert.IsType<PlanOutcome.Planned>(Planned(selection, 3, search)).Plan, selection, fresh) / Parts;
            plain += Lost(Assert.IsType<PlanOutcome.Planned>(Planned(selection, 0, search)).Plan, selection, fresh) / Parts;
        }

        return (held, plain);
    }

    private static double Lost(Plan plan, RecordedExits selection, RecordedExits fresh)
    {
        var cloud = Assert.IsType<PlanOutcome.Planned>(new Planner(new PlanRequest
        {
            Selection = new SelectionPart(selection),
            Costs = s_costs,
            Options = new PlanningOptions { MaxDrop = 1 },
        }).Plan("stacked-cloud")).Plan;
        return Right(cloud) - Right(plan);

        double Right(Plan one) =>
            PolicyRunner.Run(one.CreatePolicy(), fresh, s_costs).Right(fresh).Count(right => right) / (double)fresh.Count;
    }

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

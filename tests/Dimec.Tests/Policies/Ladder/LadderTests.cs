using System.Text.Json;
using CsCheck;
using Dimec.Costs;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Policies.Fitting;
using Dimec.Policies.Ladder;
using Dimec.Predictions;

namespace Dimec.Tests.Policies.Ladder;

/// <summary>The ladder: what it does with a sample, what its search says of its candidates, and what a wrong plan gets.</summary>
public class LadderTests
{
    private const string Stops = """
        {"stops":[
          {"exit":0,"tier":"mobile","start":"here","threshold":0.9,"weights":{"0":1}},
          {"exit":2,"tier":"mobile","start":"text","threshold":0.8,"weights":{"0":0.5,"2":1},"bias":[0,0.25]},
          {"exit":6,"tier":"cloud","start":"forwarded","weights":{"0":0.5,"2":0.25,"6":1},"bias":[0,0]}]}
        """;

    private static readonly Gen<RecordedExits> s_parts = Published.SixLayersAndExitZero();

    [Fact]
    public void Each_stop_answers_where_its_stacked_confidence_is_enough()
    {
        // 0.75 : 0.25 at each exit; exit 0 says class 0, the others class 1.
        var part = Published.Exits([2, 4, 6], (1, 0.75), (0, 0.9), (1, 0.75)).WithExitZero([MathF.Log(3), 0]);
        var run = PolicyRunner.Run(Policy(), part, Published.Costs);
        // Exit 2: 0.5 · (0, −ln 3) + 1 · (−ln 3, 0) + (0, 0.25): class 1 by 0.5 ln 3 + 0.25, p = 0.69: on to the cloud, from layer 2.
        // Exit 6: 0.5 · (0, −ln 3) + 0.25 · (−ln 3, 0) + (−ln 3, 0): class 1 by 0.75 ln 3.
        Assert.Equal((2, 1, 9.0), (run.Tiers[0], run.Labels[0], run.Costs[0]));
        Assert.Equal(1 / (1 + Math.Pow(3, -0.75)), run.Confidences[0], 1e-6);
        var sure = Published.Exits([2, 4, 6], (1, 0.95), (0, 0.9), (0, 0.75)).WithExitZero([MathF.Log(3), 0]);
        Assert.Equal((0, 1, 2.0), First(PolicyRunner.Run(Policy(), sure, Published.Costs)));
        var surer = Published.Exits([2, 4, 6], (1, 0.75), (0, 0.9), (1, 0.75)).WithExitZero([MathF.Log(19), 0]);
        Assert.Equal((0, 0, 0.0), First(PolicyRunner.Run(Policy(), surer, Published.Costs)));
    }

    [Fact]
    public void What_the_search_says_of_a_candidate_is_what_running_it_gives() => Gen.Select(
        s_parts, Gen.Bool, Gen.Int[0, 2], Gen.Int[0, 1], Gen.Enum<ThresholdSearch>()).Sample(
        (part, stack, resume, levels, search) =>
        {
            var costs = new CostStructure(
                "ms", [new("mobile", 2, 1, 0), new("edge", 4, 0.5, 1.25) { HiddenState = 3 }, new("cloud", 6, 0.3, 2)],
                [new("mobile", "cloud", 0.1)]);
            var options = new FittingOptions { GridLevels = 4, Stack = stack, Resume = (ResumeRoute)resume, Thresholds = search };
            var fitting = new PolicyFitting(new SelectionPart(part), costs, options) { CostLevels = 50 * levels };
            var candidates = new LadderFitter().Candidates(fitting);
            Assert.NotEmpty(candidates);
            foreach (var candidate in candidates)
            {
                var run = PolicyRunner.Run(new LadderPolicy((LadderParameters)candidate.Parameters), part, costs);
                Assert.Equal(run.Right(part).Count(right => right), candidate.Outcome!.Right);
                Assert.Equal(run.MeanCost, candidate.Outcome.Cost);
                Assert.Equal(
                    Enumerable.Range(0, 3).Select(tier => run.Tiers.Count(answered => answered == tier)), candidate.Outcome.Answered);
                Assert.Equal(run.Exits.CountBy(exit => exit).OrderBy(exit => exit.Key), candidate.Outcome.AnsweredAt);
            }
        },
        iter: 30);

    [Fact]
    public void The_front_of_a_grid_is_that_of_all_ladders_tried_one_by_one() => s_parts.Sample(
        part =>
        {
            var costs = new CostStructure("ms", [new("mobile", 2, 1, 0), new("edge", 4, 2, 1), new("cloud", 6, 0.5, 4)], []);
            var fitting = new PolicyFitting(
                new SelectionPart(part), costs,
                new FittingOptions { GridLevels = 2, Stack = false, Score = ScoreKind.Confidence, Thresholds = ThresholdSearch.Grid });
            var front = new LadderFitter().Candidates(fitting)
                .Select(candidate => (candidate.Outcome!.Cost, candidate.Outcome.Right))
                .ToArray();
            // One by one: every path, every tier for each stop, every start, every combination of the three quantiles.
            foreach (var (cost, right) in Everything(part, costs))
                Assert.Contains(front, point => point.Cost <= cost + 1e-9 && point.Right >= right);
            Assert.Equal(front.OrderBy(point => point.Cost), front);
            Assert.Equal(front.Length, front.Select(point => point.Right).Distinct().Count());
        },
        iter: 3);

    [Fact]
    public void A_plan_of_a_ladder_reads_back_as_it_was() => Gen.Select(s_parts, Gen.Bool).Sample(
        (part, learned) =>
        {
            var request = new PlanRequest
            {
                Selection = new SelectionPart(part),
                Costs = Published.Costs,
                Options = new PlanningOptions
                {
                    GridLevels = 3,
                    MaxDrop = 0.2,
                    Score = learned ? ScoreKind.Learned : ScoreKind.Confidence,
                },
            };
            var plan = Assert.IsType<PlanOutcome.Planned>(new Planner(request).Plan("ladder")).Plan;
            var text = TextFiles.Written(plan.Write);
            var again = Plan.Read(TextFiles.Stream(text), "plan.json");
            Assert.Equal(text, TextFiles.Written(again.Write));
            IReadOnlyList<int> Labels(Plan one) => PolicyRunner.Run(one.Factory.Create(one.Parameters, one.Costs), part, one.Costs).Labels;
            Assert.Equal(Labels(plan), Labels(again));
        },
        iter: 20);

    [Theory]
    [InlineData("\"exit\":2", "\"exit\":3", "parameters.stops[1].exit", "is 3, where mobile has 2 layers")]
    [InlineData("\"exit\":6", "\"exit\":2", "parameters.stops[2].exit", "is 2")]
    [InlineData("\"exit\":0", "\"exit\":-1", "parameters.stops[0].exit", "is -1")]
    [InlineData("\"cloud\"", "\"fog\"", "parameters.stops[2].tier", "'fog' is no tier")]
    [InlineData("0,\"tier\":\"mobile\"", "0,\"tier\":\"edge\"", "parameters.stops[0].tier", "is edge for exit 0")]
    [InlineData("\"start\":\"here\"", "\"start\":\"forwarded\"", "parameters.stops[0].start", "is 'forwarded'")]
    [InlineData("\"start\":\"forwarded\"", "\"start\":\"thrown\"", "parameters.stops[2].start", "is 'thrown'")]
    [InlineData(",\"threshold\":0.9", "", "parameters.stops[0].threshold", "is missing")]
    [InlineData("\"2\":0.25,\"6\":1", "\"4\":0.25,\"6\":1", "parameters.stops[2].weights", "are for the exits 0, 4, 6")]
    [InlineData("\"weights\":{\"0\":1}", "\"weights\":{}", "parameters.stops[0].weights", "are for the exits ")]
    [InlineData("\"bias\":[0,0]", "\"bias\":[0,0,0]", "parameters.stops", "have biases of different lengths")]
    [InlineData("[0,0.25]}", "[0,0.25],\"score\":{\"bias\":1}}", "parameters.stops[1].score.confidence", "is missing")]
    [InlineData("[0,0]}", "[0,0],\"score\":{\"bias\":1}}", "parameters.stops[2].score", "is not a key")]
    [InlineData("\"stops\":[", "\"stop\":[],\"stops\":[", "parameters.stop", "is not a key")]
    public void A_wrong_plan_names_the_key(string right, string wrong, string key, string problem)
    {
        var error = TextFiles.Errors(() => Read(Stops.Replace(right, wrong, StringComparison.Ordinal)))[0];
        Assert.Equal($"plan {key}", error.Where);
        Assert.Contains(problem, error.Problem);
        Assert.NotEmpty(error.Fix);
    }

    [Fact]
    public void Other_classes_than_the_biases_have_are_refused()
    {
        var part = s_parts.Single();
        Assert.Equal(
            $"has {part.Classes} classes where the plan was made for 2",
            TextFiles.Error(() => PolicyRunner.Run(Policy(), part, Published.Costs)).Problem);
    }

    [Fact]
    public void A_tier_that_answered_in_anothers_place_is_taken_as_it_is()
    {
        var policy = Policy();
        Visit[] visits =
        [
            Visit.OfExitZero(new float[] { 0.1f, 0 }), new(TierWork.OfText(1, 4), new float[] { 0.3f, 0 }),
        ];
        var state = new PolicyState { Guid = "a", Visits = visits };
        Assert.True(policy.Next(state).IsAnswer);
        Assert.Equal(ExitAnswer.Of([0.3f, 0]), policy.Answer(state));
        // The cloud's exit is a stop, but what it is combined with was not passed.
        visits[1] = new Visit(TierWork.OfText(2, 6), new float[] { 0.3f, 0 });
        Assert.Equal(ExitAnswer.Of([0.3f, 0]), policy.Answer(state));
    }

    private static IEnumerable<(double Cost, int Right)> Everything(RecordedExits part, CostStructure costs)
    {
        foreach (var path in LadderPath.All(part.Exits, exitZero: true).Where(path => path.Exits.Count is > 1 and < 4))
        {
            ExitAnswer[][] answers = [.. path.Exits.Select(exit => Enumerable.Range(0, part.Count)
                .Select(sample => ExitAnswer.Of(exit == 0 ? part.ZeroLogits(sample) : part.Logits(sample, part.IndexOfExit(exit))))
                .ToArray())];
            double[][] thresholds = [.. answers.SkipLast(1).Select(stop => Quantiles(stop))];
            foreach (var tiers in Tiers(path.Exits, costs))
            {
                var paid = Cheapest(path.Exits, tiers, costs);
                foreach (var chosen in Choices(thresholds))
                    yield return Outcome(part, answers, chosen, paid);
            }
        }
    }

    private static (double Cost, int Right) Outcome(RecordedExits part, ExitAnswer[][] answers, double[] chosen, double[] paid)
    {
        var (cost, right) = (0.0, 0);
        for (var sample = 0; sample < part.Count; sample++)
        {
            var stop = 0;
            while (stop < chosen.Length && answers[stop][sample].Confidence < chosen[stop])
                stop++;
            cost += paid[stop];
            right += answers[stop][sample].Label == part.Gold[sample] ? 1 : 0;
        }

        return (cost / part.Count, right);
    }

    /// <summary>Three values a threshold: everybody answers, half do, nobody does.</summary>
    private static double[] Quantiles(ExitAnswer[] stop)
    {
        double[] sorted = [.. stop.Select(answer => (double)answer.Confidence).Order()];
        var middle = (sorted.Length - 1) / 2.0;
        return [0, (sorted[(int)middle] + sorted[(int)Math.Ceiling(middle)]) / 2, 2];
    }

    private static IEnumerable<double[]> Choices(double[][] thresholds) => thresholds.Aggregate(
        (IEnumerable<double[]>)[[]], (found, grid) => found.SelectMany(chosen => grid.Select(value => (double[])[.. chosen, value])));

    private static IEnumerable<int[]> Tiers(IReadOnlyList<int> exits, CostStructure costs) => exits.Aggregate(
        (IEnumerable<int[]>)[[]],
        (found, exit) => found.SelectMany(chosen => Enumerable.Range(0, exit == 0 ? 1 : costs.Tiers.Count)
            .Where(tier => costs.Tiers[tier].Depth >= exit && (chosen.Length == 0 || tier >= chosen[^1]))
            .Select(tier => (int[])[.. chosen, tier])));

    private static double[] Cheapest(IReadOnlyList<int> exits, int[] tiers, CostStructure costs)
    {
        var paid = new double[exits.Count];
        for (var stop = 1; stop < exits.Count; stop++)
        {
            var layers = exits[stop] - exits[stop - 1];
            var (tier, before) = (costs.Tiers[tiers[stop]], costs.Tiers[tiers[stop - 1]]);
            var text = (tier.Layer * exits[stop]) + tier.Offload;
            paid[stop] = paid[stop - 1] + (exits[stop - 1] == 0 ? text
                : tiers[stop] == tiers[stop - 1] ? tier.Layer * layers
                : Math.Min(text, (tier.Layer * layers) + Math.Max(0, tier.Offload - before.Offload)));
        }

        return paid;
    }

    private static (int Tier, int Label, double Cost) First(PolicyRun run) => (run.Tiers[0], run.Labels[0], run.Costs[0]);

    private static LadderPolicy Policy() => new(Read(Stops));

    private static LadderParameters Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return new LadderFactory(LadderFactory.Ladder, PolicyKind.Contender).Read(document.RootElement, Published.Costs, "plan");
    }
}

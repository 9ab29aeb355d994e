using System.Text.Json;
using CsCheck;
using Dimec.Costs;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Policies.Fitting;
using Dimec.Policies.Hybrid;
using Dimec.Policies.Ladder;
using Dimec.Predictions;

namespace Dimec.Tests.Policies.Hybrid;

/// <summary>Hybrid routing: what it does with a sample, what its search says of its candidates, and what a wrong plan gets.</summary>
public class HybridTests
{
    private const string Parameters = """
        {"price":0.1,"stops":[
          {"exit":0,"tier":"mobile","start":"here","threshold":0,"weights":{"0":1},
           "right":{"bias":-1,"confidence":2,"margin":0,"entropy":0,"mu":0,"sigma":0}},
          {"exit":2,"tier":"mobile","start":"text","threshold":0.8,"weights":{"0":0.5,"2":1},"bias":[0,0.25],
           "right":{"bias":1,"confidence":0,"margin":0,"entropy":0,"mu":0,"sigma":0}},
          {"exit":6,"tier":"cloud","start":"forwarded","threshold":0,"weights":{"0":0.5,"6":1},"bias":[0,0],
           "right":{"bias":0,"confidence":0,"margin":0,"entropy":0,"mu":5,"sigma":0}}],
         "map":{"embeddingKind":"layer-norm","mu":{"bias":1,"weights":[1,2]},"sigma":{"bias":0,"weights":[0,0]}}}
        """;

    private static readonly Gen<RecordedExits> s_parts = Published.SixLayersAndExitZero();

    [Theory]
    // Log-odds 2 · 1.1 − 1 of P(exit 0 right) = 0.77; P(2) = 0.73 for 0.2; P(6) by μ = 1 + e₀ + 2 e₁, for 0.9.
    [InlineData(0.75, 0, 0, 0, 0.0)]
    // Exit 0 is unsure: 0.45; exit 2 is begun with and sure.
    [InlineData(0.6, 0, 0, 2, 2.0)]
    public void The_first_stop_is_the_one_with_the_largest_expected_reward(double zero, float e0, float e1, int exit, double cost)
    {
        var run = PolicyRunner.Run(Policy(), Sample(zero, 0.95, e0, e1), Published.Costs);
        Assert.Equal((exit, cost), (run.Exits[0], run.Costs[0]));
    }

    [Fact]
    public void An_unsure_stop_escalates_and_the_cloud_can_be_the_first()
    {
        // Exit 2: 0.5 · (0, −ln 1.5) + (−ln 1.5, 0) + (0, 0.25): p = 0.61 of class 1: on to the cloud, from layer 2: 2 + 3 + 4.
        var escalated = PolicyRunner.Run(Policy(), Sample(0.6, 0.6, 0, 0), Published.Costs);
        Assert.Equal((6, 9.0), (escalated.Exits[0], escalated.Costs[0]));
        // With a price of 0.01 the cloud costs 0.09, and μ = 1 says that it is right at 0.993.
        var direct = PolicyRunner.Run(Policy("\"price\":0.1", "\"price\":0.01"), Sample(0.6, 0.6, 0, 0), Published.Costs);
        Assert.Equal((6, 9.0), (direct.Exits[0], direct.Costs[0]));
        Assert.Equal(1 / (1 + Math.Pow(3, -1) * Math.Pow(1.5, 0.5)), direct.Confidences[0], 1e-6);
        // Where μ is small it is left out.
        var other = PolicyRunner.Run(Policy("\"price\":0.1", "\"price\":0.01"), Sample(0.6, 0.95, -1, -1), Published.Costs);
        Assert.Equal((2, 2.0), (other.Exits[0], other.Costs[0]));
    }

    [Fact]
    public void Once_a_layer_has_run_nothing_but_the_visits_is_looked_at()
    {
        var policy = Policy();
        Visit[] visits = [Visit.OfExitZero(new float[] { 0.1f, 0 }), new(TierWork.OfText(0, 2), new float[] { 0.3f, 0 })];
        var state = new PolicyState { Guid = "a", Visits = visits };
        Assert.Equal(PolicyStep.Resume(2, 6), policy.Next(state));
        Assert.NotEqual(ExitAnswer.Of([0.3f, 0]), policy.Answer(state));
        // A tier that answered in another's place, at an exit that is no stop, is taken as it is.
        visits[1] = new Visit(TierWork.OfText(1, 4), new float[] { 0.3f, 0 });
        Assert.True(policy.Next(state).IsAnswer);
        Assert.Equal(ExitAnswer.Of([0.3f, 0]), policy.Answer(state));
    }

    [Fact]
    public void What_the_search_says_of_a_candidate_is_what_running_it_gives() =>
        Gen.Select(s_parts, Gen.Bool, Gen.Bool, Gen.Int[0, 2]).Sample(
            (part, stack, withMap, resume) =>
            {
                var costs = new CostStructure(
                    "ms", [new("mobile", 2, 1, 0), new("edge", 4, 0.5, 1.25) { HiddenState = 3 }, new("cloud", 6, 0.3, 2)],
                    [new("mobile", "cloud", 0.1)]);
                var selection = withMap ? part.WithEmbeddings(Embeddings(part)) : part;
                var options = new FittingOptions
                {
                    GridLevels = 4,
                    Stack = stack,
                    Resume = (ResumeRoute)resume,
                    Entry = withMap ? EntryKind.Map : EntryKind.ExitZero,
                };
                var fitting = new PolicyFitting(
                    new SelectionPart(selection), costs, options, withMap ? RandomExits.Map([(0.5, 0.1), (0.75, 0.2), (0.25, 0.3)], 2,
                        [1, 0, 0.5f, 1, 0, 1]) : null);
                var candidates = new HybridFitter().Candidates(fitting);
                Assert.NotEmpty(candidates);
                foreach (var candidate in candidates)
                {
                    var run = PolicyRunner.Run(new HybridPolicy((HybridParameters)candidate.Parameters, costs), selection, costs);
                    Assert.Equal(run.Right(part).Count(right => right), candidate.Outcome!.Right);
                    Assert.Equal(run.MeanCost, candidate.Outcome.Cost, 1e-12);
                    Assert.Equal(
                        Enumerable.Range(0, 3).Select(tier => run.Tiers.Count(answered => answered == tier)), candidate.Outcome.Answered);
                    Assert.Equal(run.Exits.CountBy(exit => exit).OrderBy(exit => exit.Key), candidate.Outcome.AnsweredAt);
                }

                Assert.Equal(candidates.OrderBy(candidate => candidate.Outcome!.Cost), candidates);
            },
            iter: 30);

    [Fact]
    public void The_front_is_that_of_all_settings_tried_one_by_one() => s_parts.Sample(
        part =>
        {
            var costs = Published.Costs;
            var options = new FittingOptions { GridLevels = 2, RewardWeights = [0, 0, 0, 0, 0.25] };
            var fitting = new PolicyFitting(new SelectionPart(part), costs, options);
            var front = new HybridFitter().Candidates(fitting);
            var models = new HybridModels(fitting, HybridSearch.Layers(fitting));
            double[] Quantiles(int exit)
            {
                double[] sorted = [.. models.Exit(exit).Answers.Select(answer => (double)answer.Confidence).Order()];
                var middle = (sorted.Length - 1) / 2.0;
                return [sorted[0], (sorted[(int)middle] + sorted[(int)Math.Ceiling(middle)]) / 2, Math.BitIncrement(sorted[^1])];
            }

            var settings = from a in part.Exits
                           from b in part.Exits.Where(exit => exit > a)
                           from price in (double[])[0, 0.25 / 9]
                           select (a, b, price);
            foreach (var (a, b, price) in settings)
            {
                var path = new LadderPath([0, a, b]);
                foreach (var route in LadderRoute.Of(path, costs, ResumeRoute.Forward))
                {
                    foreach (var threshold in Quantiles(a))
                    {
                        HybridStop[] stops = [.. path.Exits.Select((exit, place) => new HybridStop(
                            exit, route.Work[place].Tier, route.Work[place].Start, place == 1 ? threshold : 0,
                            models.Exit(exit).Stacked, models.Right(exit).Score))];
                        var run = PolicyRunner.Run(new HybridPolicy(new HybridParameters(stops, price, null), costs), part, costs);
                        var right = run.Right(part).Count(isRight => isRight);
                        Assert.Contains(front, found => found.Outcome!.Cost <= run.MeanCost + 1e-9 && found.Outcome.Right >= right);
                    }
                }
            }
        },
        iter: 5);

    [Fact]
    public void A_plan_reads_back_as_it_was() => Gen.Select(s_parts, Gen.Bool).Sample(
        (part, withMap) =>
        {
            var selection = part.WithEmbeddings(Embeddings(part));
            var request = new PlanRequest
            {
                Selection = new SelectionPart(selection),
                Costs = Published.Costs,
                Training = RandomExits.Map([(0.5, 0.1), (0.75, 0.2)], 2, [1, 0, 0.5f, 1]),
                Options = new PlanningOptions
                {
                    GridLevels = 3,
                    MaxDrop = 1,
                    Entry = withMap ? EntryKind.Map : EntryKind.ExitZero,
                },
            };
            var plan = Assert.IsType<PlanOutcome.Planned>(new Planner(request).Plan("hybrid")).Plan;
            Assert.Equal(withMap, plan.Needs.Embedding is not null);
            var text = TextFiles.Written(plan.Write);
            var again = Plan.Read(TextFiles.Stream(text), "plan.json");
            Assert.Equal(text, TextFiles.Written(again.Write));
            IReadOnlyList<int> Exits(Plan one) =>
                PolicyRunner.Run(one.Factory.Create(one.Parameters, one.Costs), selection, one.Costs).Exits;
            Assert.Equal(Exits(plan), Exits(again));
        },
        iter: 20);

    [Theory]
    [InlineData("\"price\":0.1", "\"price\":-1", "parameters.price", "is -1")]
    [InlineData("\"exit\":0", "\"exit\":1", "parameters.stops[0].exit", "is 1")]
    [InlineData("\"exit\":6", "\"exit\":2", "parameters.stops[2].exit", "is 2")]
    [InlineData("\"cloud\"", "\"fog\"", "parameters.stops[2].tier", "'fog' is no tier")]
    [InlineData("\"start\":\"text\"", "\"start\":\"forwarded\"", "parameters.stops[1].start", "is 'forwarded'")]
    [InlineData("{\"0\":0.5,\"6\":1}", "{\"2\":0.5,\"6\":1}", "parameters.stops[2].weights", "are for the exits 2, 6")]
    [InlineData("\"bias\":[0,0]", "\"bias\":[0,0,0]", "parameters.stops", "have biases of different lengths")]
    [InlineData("\"mu\":5,", "", "parameters.stops[2].right.mu", "is missing")]
    [InlineData("\"layer-norm\"", "\"fog\"", "parameters.map.embeddingKind", "is 'fog'")]
    [InlineData("\"weights\":[0,0]", "\"weights\":[0]", "parameters.map.sigma", "has 1 weights where mu has 2")]
    public void A_wrong_plan_names_the_key(string right, string wrong, string key, string problem)
    {
        var error = TextFiles.Errors(() => Policy(right, wrong))[0];
        Assert.Equal($"plan {key}", error.Where);
        Assert.Contains(problem, error.Problem);
        Assert.NotEmpty(error.Fix);
    }

    [Fact]
    public void Without_exit_zero_or_a_map_it_says_what_is_lacking()
    {
        var part = Published.SixLayers().Single();
        Assert.Contains("has no exit 0", Lack(part, EntryKind.ExitZero));
        Assert.Contains("is map", Lack(s_parts.Single(), EntryKind.Map));
    }

    private static string Lack(RecordedExits part, EntryKind entry) => TextFiles.Error(() => new Planner(new PlanRequest
    {
        Selection = new SelectionPart(part),
        Costs = Published.Costs,
        Options = new PlanningOptions { Entry = entry },
    }).Plan("hybrid")).Problem;

    private static SampleEmbeddings Embeddings(RecordedExits part) => new(
        part.Guids, 2, [.. Enumerable.Range(0, part.Count).SelectMany(sample => part.ZeroLogits(sample)[..2].ToArray())]);

    /// <summary>Exit 0 says class 0, the others class 1.</summary>
    private static RecordedExits Sample(double zero, double two, float e0, float e1)
    {
        var part = Published.Exits([2, 4, 6], (1, two), (0, 0.9), (1, 0.75)).WithExitZero([(float)Math.Log(zero / (1 - zero)), 0]);
        return part.WithEmbeddings(new SampleEmbeddings(part.Guids, 2, [e0, e1]));
    }

    private static HybridPolicy Policy(string right = "\"price\"", string wrong = "\"price\"")
    {
        using var document = JsonDocument.Parse(Parameters.Replace(right, wrong, StringComparison.Ordinal));
        return new HybridPolicy(new HybridFactory().Read(document.RootElement, Published.Costs, "plan"), Published.Costs);
    }
}

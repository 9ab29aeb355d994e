using System.Text.Json;
using CsCheck;
using Dimec.Planning;
using Dimec.Policies.Codecs;
using Dimec.Policies.Dimee;
using Dimec.Policies.Fitting;
using Dimec.Predictions;

namespace Dimec.Tests.Policies.Dimee;

public class DimeeTests
{
    private static readonly FittingOptions s_asTheyAre = new() { FitTemperatures = false, GridLevels = 5 };

    /// <summary>
    /// States of one number. At α = 0.8: t0 is easy, t1 and t2 moderate, t3 hard, so the centroids are 0, (4 + 6) / 2 = 5 and 9, and
    /// halves lie at 2.5 and 7.
    /// </summary>
    private static readonly TrainPart s_train = new(
        Part("train", (0, [0.9, 0.6, 0.6]), (4, [0.7, 0.8, 0.6]), (6, [0.6, 0.9, 0.9]), (9, [0.7, 0.7, 0.9])));

    [Theory]
    // Sure enough: the mobile alone, 2.
    [InlineData(0.8, 9, 0, 2.0)]
    // Unsure and nearest to the easy pool, or as near as to the moderate one: the mobile's answer stands.
    [InlineData(0.7, 2, 0, 2.0)]
    [InlineData(0.7, 2.5, 0, 2.0)]
    // Nearest to the moderate pool: the mobile and the edge, 2 + 5.
    [InlineData(0.7, 3, 1, 7.0)]
    [InlineData(0.7, 7, 1, 7.0)]
    // Nearest to the hard one: the mobile and the cloud, 2 + 9.
    [InlineData(0.7, 8, 2, 11.0)]
    public void Worked_by_hand(double confidence, float state, int tier, double cost)
    {
        var candidate = Candidate(s_train, 0.8);
        Assert.Equal("""{"mobile":[0],"edge":[5],"cloud":[9]}""", Json(candidate).GetProperty("centroids").GetRawText());
        Assert.Equal("""{"2":1,"4":1,"6":1}""", Json(candidate).GetProperty("temperatures").GetRawText());
        var run = Published.Run("dimee", Json(candidate), Part("dev", (state, [confidence, 0.9, 0.9])));
        Assert.Equal((tier, cost), (run.Tiers[0], run.Costs[0]));
    }

    [Fact]
    public void A_pool_that_nobody_is_in_drops_its_tier()
    {
        var train = new TrainPart(Part("train", (0, [0.9, 0.6, 0.6]), (9, [0.7, 0.7, 0.9])));
        var candidate = Candidate(train, 0.8);
        Assert.Equal(
            ("""["edge"]""", """{"mobile":[0],"cloud":[9]}"""),
            (Json(candidate).GetProperty("droppedTiers").GetRawText(), Json(candidate).GetProperty("centroids").GetRawText()));
        Assert.Equal(["The pool of edge is empty, so the router never names it."], Fitter.Notes(candidate, Published.Costs));
        Assert.Equal(
            """{"alpha":0.8,"temperatures":{"2":1,"4":1,"6":1},"droppedTiers":["edge"]}""",
            ParametersJson.SummaryOf(Fitter.Policy, candidate, Published.Costs)
                .GetRawText().Replace("0.800000011920929", "0.8", StringComparison.Ordinal));
        Assert.Equal(2, Published.Run("dimee", Json(candidate), Part("dev", (5, [0.7, 0.9, 0.9]))).Tiers[0]);
    }

    [Fact]
    public void Every_candidate_equals_its_restatement() => Gen.Select(
        RandomExits.Gen(states: 3, most: 30), RandomExits.Gen("train", states: 3, most: 30), Gen.Bool, Gen.Int[2, 8])
        .Sample((selection, train, fit, levels) =>
    {
        var options = new FittingOptions { FitTemperatures = fit, GridLevels = levels };
        var candidates = Fitter.Fit(
            new PolicyFitting(new SelectionPart(selection), Published.Costs, options) { TrainExits = new TrainPart(train) });
        float[] temperatures = [.. Enumerable.Range(0, 3).Select(exit => fit ? (float)Temperature.Fit(selection, exit) : 1)];
        double Sure(RecordedExits part, int sample, int exit) => Softmax.Confidence(part.Logits(sample, exit), temperatures[exit]);
        Assert.All(Enumerable.Range(0, selection.Count), sample =>
            Assert.InRange(Sure(selection, sample, 0), candidates[0].Alpha, candidates[^1].Alpha));
        foreach (var candidate in candidates)
        {
            var alpha = candidate.Alpha;
            int PoolOf(int sample) => Enumerable.Range(0, 2).Where(tier => Sure(train, sample, tier) >= alpha).Append(2).First();
            var centroids = Enumerable.Range(0, train.Count).GroupBy(PoolOf).ToDictionary(
                pool => pool.Key,
                pool => Enumerable.Range(0, 3).Select(i => pool.Average(sample => (double)train.State(sample, 0)[i])).ToArray());
            var run = Published.Run("dimee", Json(candidate), selection);
            for (var i = 0; i < selection.Count; i++)
            {
                var state = selection.State(i, 0).ToArray();
                (int Tier, double Distance)[] pools = [.. centroids
                    .Select(pool => (pool.Key, Math.Sqrt(pool.Value.Zip(state, (c, s) => (c - s) * (c - s)).Sum())))
                    .OrderBy(pool => pool.Item2)];
                // Where two pools are as near as each other but for rounding, either may be named.
                if (pools.Length > 1 && pools[1].Distance - pools[0].Distance < 1e-5)
                    continue;
                var tier = Sure(selection, i, 0) >= alpha ? 0 : pools[0].Tier;
                Assert.Equal(tier, run.Tiers[i]);
                Assert.Equal(Softmax.ArgMax(selection.Logits(i, tier)), run.Labels[i]);
                Assert.Equal(tier switch { 0 => 2, 1 => 7, _ => 11 }, run.Costs[i]);
            }
        }
    });

    [Fact]
    public void What_it_lacks_is_said()
    {
        var selection = Part("selection", (1, [0.7, 0.8, 0.9]));
        string? Lack(RecordedExits selection, RecordedExits? train) =>
            Fitter.Lack(new PolicyFitting(new SelectionPart(selection), Published.Costs, s_asTheyAre)
            {
                TrainExits = train is null ? null : new TrainPart(train),
            })?.ToString();
        Assert.Null(Lack(selection, s_train.Exits));
        Assert.Contains("predictions/train.jsonl is absent; train with States 2", Lack(selection, null));
        Assert.Contains("predictions/selection.jsonl: carries no states of exit 2", Lack(RandomExits.Gen().Single(), s_train.Exits));
        Assert.Contains("predictions/train.jsonl: carries no states of exit 2", Lack(selection, RandomExits.Gen("train").Single()));
        Assert.Contains(
            "predictions/train.jsonl: has states of 3 numbers where predictions/selection.jsonl has 1",
            Lack(selection, RandomExits.Gen("train", states: 3).Single()));
        Assert.Contains(
            "predictions/train.jsonl: has no exit at layer 6", Lack(selection, RandomExits.Gen("train", exits: 2, states: 1).Single()));
        var planner = new Planner(new PlanRequest { Selection = new SelectionPart(selection), Costs = Published.Costs });
        Assert.Contains("train with States 2", Assert.Throws<InputException>(() => planner.Plan("dimee")).Message);
    }

    [Fact]
    public void A_part_without_its_states_cannot_be_run()
    {
        var error = TextFiles.Error(() => Published.Run("dimee", Json(Candidate(s_train, 0.8)), RandomExits.Gen("dev").Single()));
        Assert.Equal(("predictions/dev.jsonl", "has no states at exit 2 where the plan's centroids have 1"), (error.Where, error.Problem));
        Assert.Contains("has states of 3 numbers", TextFiles.Error(() =>
            Published.Run("dimee", Json(Candidate(s_train, 0.8)), RandomExits.Gen("dev", states: 3).Single())).Problem);
    }

    [Fact]
    public void It_is_planned_and_read_back_and_never_served()
    {
        var selection = RandomExits.Gen(states: 1, most: 40).Single();
        var planner = new Planner(new PlanRequest
        {
            Selection = new SelectionPart(selection),
            Costs = Published.Costs,
            TrainExits = s_train,
            Options = new PlanningOptions { MaxDrop = 1 },
        });
        var plan = Assert.IsType<PlanOutcome.Planned>(planner.Plan("dimee")).Plan;
        var again = Plan.Read(TextFiles.Stream(TextFiles.Written(plan.Write)), "plan.json");
        Assert.True(JsonElement.DeepEquals(plan.ParametersJson(), again.ParametersJson()));
        Assert.Contains(
            "cannot be served: it asks a tier for the pooled state at its exit", TextFiles.Error(() => again.CreatePolicy()).Problem);
        var wrong = TextFiles.Error(() => Published.Run("dimee", new
        {
            alpha = 0.5,
            temperatures = new Dictionary<string, double> { ["4"] = 1 },
            droppedTiers = Array.Empty<string>(),
            centroids = new { mobile = new[] { 1 } },
        }, selection));
        Assert.Equal(("plan parameters.temperatures", "have none above 0 for exit 2"), (wrong.Where, wrong.Problem));
    }

    private static DimeeFitter Fitter { get; } = new();

    private static JsonElement Json(DimeeParameters candidate) => Published.Json(Fitter, candidate);

    /// <summary>The candidate at an α, of a selection part that has it among its confidences.</summary>
    private static DimeeParameters Candidate(TrainPart train, double alpha)
    {
        var selection = new SelectionPart(Part("selection", (0, [0.6, 0.9, 0.9]), (0, [alpha, 0.9, 0.9]), (0, [0.9, 0.9, 0.9])));
        return Fitter.Fit(new PolicyFitting(selection, Published.Costs, s_asTheyAre with { GridLevels = 2 }) { TrainExits = train })[1];
    }

    private static RecordedExits Part(string part, params (float State, double[] Confidence)[] samples)
    {
        var builder = new RecordedExitsBuilder(part, [2, 4, 6], 2, 0, [2], 1);
        foreach (var (state, confidence) in samples)
        {
            builder.Add(
                $"{part}{builder.Count}", 0, [.. confidence.SelectMany(sure => (float[])[(float)Math.Log(sure / (1 - sure)), 0])], [],
                [state]);
        }

        return builder.Build();
    }
}

using System.Globalization;
using CsCheck;
using Dimec.Cartography;
using Dimec.Costs;
using Dimec.Planning;
using Dimec.Planning.Candidates;
using Dimec.Planning.Gains;
using Dimec.Policies;
using Dimec.Policies.Baselines;
using Dimec.Policies.Fitting;
using Dimec.Policies.Pools;
using Dimec.Pools;
using Dimec.Predictions;

namespace Dimec.Tests.Planning;

public class PlannerTests
{
    private static readonly CostStructure s_costs = CostStructure.Default([2, 4, 6]);

    /// <summary>Small grids, so that a restatement by brute force ends.</summary>
    private static readonly PlanningOptions s_small = new() { GridLevels = 4, RewardWeights = [0, 0.05, 0.3, 2], MaxDrop = 1 };

    [Fact]
    public void Every_point_of_the_pools_sweep_has_the_best_reward_of_all_thresholds()
    {
        var gen = from part in RandomExits.Gen(most: 25)
                  from map in RandomExits.Map(most: 30)
                  from hard in Gen.Enum<HardRule>()
                  from unit in Gen.Enum<EmbeddingNormalization>()
                  from reward in Gen.Enum<RewardKind>()
                  from temperatures in Gen.Bool
                  select (part, map, options: s_small with
                  {
                      Hard = hard,
                      Embedding = unit,
                      Reward = reward,
                      FitTemperatures = temperatures,
                  });
        gen.Sample(t =>
        {
            var outcome = new Planner(Request(t.part, t.options, t.map)).Plan("pools");
            foreach (var (point, weight) in Rewarded(outcome))
            {
                var chosen = Reward(t.part, t.options, point.Factory.Create(point.Parameters, s_costs), weight);
                var best = AllRouters(t.map, t.options).Max(router => Reward(t.part, t.options, new Routed(router), weight));
                Assert.Equal(best, chosen, 1e-5);
            }
        }, iter: 30);
    }

    [Fact]
    public void Every_point_by_each_tiers_own_exit_has_the_best_reward_of_all_thresholds()
    {
        var gen = from part in RandomExits.Gen(most: 25)
                  from own in RandomExits.OwnMap(most: 30)
                  from unit in Gen.Enum<EmbeddingNormalization>()
                  from reward in Gen.Enum<RewardKind>()
                  select (part, own, options: s_small with { Embedding = unit, Reward = reward });
        gen.Sample(t =>
        {
            var outcome = new Planner(Request(t.part, t.options, t.own.Map)).Plan("pools");
            foreach (var (point, weight) in Rewarded(outcome))
            {
                var pools = ((PoolsParameters)point.Parameters);
                Assert.Equal((true, "2 4"), (pools.Metrics.IsOwn, string.Join(' ', pools.Metrics.Exits)));
                var chosen = Reward(t.part, t.options, point.Factory.Create(point.Parameters, s_costs), weight);
                var best = OwnRouters(t.own, t.options).Max(router => Reward(t.part, t.options, new Routed(router), weight));
                Assert.Equal(best, chosen, 1e-5);
            }
        }, iter: 30);
    }

    [Fact]
    public void The_sweep_holds_every_single_tier_of_its_ends()
    {
        // Without a cost the most confident tier wins everything; at a high price the cheapest does.
        var part = RandomExits.Worked(
            "selection", (0, [(true, 0.6), (true, 0.7), (true, 0.9)]), (1, [(false, 0.6), (true, 0.7), (true, 0.9)]));
        var embedded = Embed(part, [[0, 0], [1, 1]]);
        var map = RandomExits.Map([(0.9, 0.1), (0.2, 0.3), (0.8, 0.4)], 2, [0, 0, 1, 1, 2, 2]);
        // (Fitted temperatures would make exits that are always right all equally certain.)
        var frontier = new Planner(Request(embedded, new PlanningOptions { FitTemperatures = false }, map)).Plan("pools").Frontier;
        Assert.Equal((2.0, 9.0), (frontier[0].Outcome.Cost, frontier[^1].Outcome.Cost));
    }

    [Fact]
    public void The_cheapest_point_within_the_drop_is_taken_and_its_figures_are_those_of_a_run()
    {
        var gen = from part in RandomExits.Gen()
                  from map in RandomExits.Map()
                  from drop in Gen.Double[-0.1, 0.3]
                  select (part, map, options: s_small with { MaxDrop = drop });
        gen.Sample(t =>
        {
            var planner = new Planner(Request(t.part, t.options, t.map));
            var cloud = PolicyRunner.Run(new SingleTierPolicy(2), t.part, s_costs).Right(t.part).Count(right => right);
            foreach (var name in new[] { "pools", "cascade", "edge" })
            {
                var outcome = planner.Plan(name);
                double[] within = [.. outcome.Frontier.Where(point => point.Outcome.Drop <= t.options.MaxDrop)
                    .Select(point => point.Outcome.Cost)];
                if (outcome is not PlanOutcome.Planned planned)
                {
                    Assert.Empty(within);
                    continue;
                }

                Assert.Equal(within.Min(), planned.Plan.Expected.Cost);
                var run = PolicyRunner.Run(planned.Plan.CreatePolicy(), t.part, s_costs);
                Assert.Equal(run.MeanCost, planned.Plan.Expected.Cost);
                Assert.Equal((cloud - run.Right(t.part).Count(right => right)) / (double)t.part.Count, planned.Plan.Expected.Drop);
                Assert.Equal(1 - (run.MeanCost / 9), planned.Plan.Expected.Reduction, 1e-12);
            }
        }, iter: 40);
    }

    [Fact]
    public void A_drop_of_five_in_a_thousand_is_allowed_by_0_005()
    {
        var part = RandomExits.Worked(
            "selection", [.. Enumerable.Range(0, 1000).Select(i => (0, new[] { (i >= 105, 0.9), (i >= 105, 0.9), (i >= 100, 0.9) }))]);
        Assert.Equal(0.005, Assert.IsType<PlanOutcome.Planned>(new Planner(Request(part)).Plan("mobile")).Plan.Expected.Drop);
    }

    [Fact]
    public void What_cannot_be_met_is_said_in_a_sentence()
    {
        var part = RandomExits.Worked(
            "selection", (0, [(false, 0.6), (true, 0.7), (true, 0.9)]), (1, [(true, 0.6), (true, 0.7), (true, 0.9)]));
        var outcome = Assert.IsType<PlanOutcome.NotPossible>(new Planner(Request(part)).Plan("mobile"));
        Assert.Equal(
            "On the selection part mobile alone has a drop of 50 points at 2 layers a sample, where at most 0.5 points are allowed.",
            outcome.Reason);
    }

    [Fact]
    public void Any_takes_the_cheapest_contender_and_never_the_oracle()
    {
        var part = RandomExits.Worked(
            "selection", (0, [(false, 0.6), (true, 0.7), (true, 0.9)]), (1, [(true, 0.9), (true, 0.7), (true, 0.9)]));
        var planned = Assert.IsType<PlanOutcome.Planned>(new Planner(Request(part)).Plan("any"));
        // The ladder: one stays at 2, one goes on and pays 2 + 2 + 1; edge alone would be 5 a sample, the cascade 4.5.
        Assert.Equal(("ladder", 3.5), (planned.Policy, planned.Plan.Expected.Cost));
        Assert.Equal("edge", planned.BestSingleTier);
        Assert.Equal(1.5 / 9, planned.Gain!.Beyond, 1e-12);
        Assert.Contains("cannot be served", TextFiles.Error(() => new Planner(Request(part)).Plan("oracle")).Problem);
    }

    [Fact]
    public void A_plan_that_does_not_choose_is_called_degenerate_and_without_gain()
    {
        var part = Embed(
            RandomExits.Worked("selection", (0, [(true, 0.9), (true, 0.9), (true, 0.9)]), (1, [(true, 0.9), (true, 0.9), (true, 0.9)])),
            [[0, 0], [0, 0]]);
        var map = RandomExits.Map([(0.9, 0.1), (0.2, 0.3)], 2, [0, 0, 5, 5]);
        var planned = Assert.IsType<PlanOutcome.Planned>(new Planner(Request(part, new PlanningOptions(), map)).Plan("pools"));
        Assert.Equal(new RoutingGain(0, "mobile"), planned.Gain);
        Assert.Contains(planned.Plan.Notes, note => note.StartsWith("Degenerate: ", StringComparison.Ordinal)
            && note.Contains("mobile", StringComparison.Ordinal));
        Assert.Contains(planned.Plan.Notes, note => note.StartsWith("No gain: mobile alone", StringComparison.Ordinal));
    }

    [Fact]
    public void Links_are_kept_and_a_note_says_that_they_are_not_charged()
    {
        var part = RandomExits.Worked("selection", (0, [(true, 0.9), (true, 0.9), (true, 0.9)]));
        var costs = new CostStructure("layers", s_costs.Tiers, [new("edge", "cloud", 100)]);
        var plan = Assert.IsType<PlanOutcome.Planned>(new Planner(Request(part) with { Costs = costs }).Plan("cascade")).Plan;
        Assert.Equal(costs.Links, plan.Costs.Links);
        Assert.StartsWith(
            "The costs' links are kept and not charged",
            Assert.Single(plan.Notes, note => note.Contains("links", StringComparison.Ordinal)));
        Assert.DoesNotContain(Assert.IsType<PlanOutcome.Planned>(new Planner(Request(part)).Plan("cascade")).Plan.Notes, note =>
            note.Contains("links", StringComparison.Ordinal));
    }

    [Fact]
    public void An_empty_pool_drops_its_tier_and_the_plan_says_so()
    {
        // All confidence is the same, so only the ends of α are left: nobody or everybody is hard.
        var part = Embed(RandomExits.Worked("selection", (0, [(true, 0.9), (true, 0.9), (true, 0.9)])), [[0, 0]]);
        var plan = Assert.IsType<PlanOutcome.Planned>(
            new Planner(Request(part, new PlanningOptions(), RandomExits.Map([(0.5, 0), (0.5, 0)], 2, [0, 0, 1, 1]))).Plan("pools")).Plan;
        Assert.Equal(
            ["edge", "cloud"], plan.ParametersJson().GetProperty("droppedTiers").EnumerateArray().Select(name => name.GetString()!));
        Assert.Contains("The pools of edge and cloud are empty, so the router never names them.", plan.Notes);
    }

    [Fact]
    public void All_plans_hold_a_row_for_every_policy_and_random_has_the_shares_of_pools() =>
        Gen.Select(RandomExits.Gen(), RandomExits.Map()).Sample((part, map) =>
        {
            var outcomes = new Planner(Request(part, s_small, map)).PlanAll();
            Assert.Equal(PolicyList.Default.For(s_costs).Select(family => family.Name), outcomes.Select(outcome => outcome.Policy));
            var plans = outcomes.OfType<PlanOutcome.Planned>().ToDictionary(outcome => outcome.Policy, outcome => outcome.Plan);
            var shares = plans["random"].ParametersJson().GetProperty("shares");
            Assert.All(plans["pools"].Expected.Shares, share => Assert.Equal(share.Value, shares.GetProperty(share.Key).GetDouble()));
            Assert.Equal(plans["pools"].Expected.Shares, plans["random"].Expected.Shares);
            Assert.Equal(plans["pools"].Expected.Cost, plans["random"].Expected.Cost, 1e-9);
        }, iter: 20);

    [Fact]
    public void A_policy_is_planned_once_and_its_pools_read_back_as_they_were_written() =>
        Gen.Select(RandomExits.Gen(), RandomExits.Map(), Gen.Enum<HardRule>()).Sample((part, map, hard) =>
        {
            var planner = new Planner(Request(part, s_small with { Hard = hard }, map));
            var planned = Assert.IsType<PlanOutcome.Planned>(planner.Plan("pools"));
            Assert.Same(planned, planner.PlanAll().Single(outcome => outcome.Policy == "pools"));
            var again = Plan.Read(TextFiles.Stream(TextFiles.Written(planned.Plan.Write)), "plan.json");
            Assert.Equal(hard, again.Pools!.Options.Hard);
            Assert.Equal(planned.Plan.ParametersJson().GetRawText(), again.ParametersJson().GetRawText());
            Assert.Null(Assert.IsType<PlanOutcome.Planned>(planner.Plan("edge")).Plan.Pools);
        }, iter: 20);

    [Fact]
    public void Without_training_samples_pools_are_refused_by_name_and_left_out_of_the_rest()
    {
        var part = RandomExits.Worked("selection", (0, [(true, 0.9), (true, 0.9), (true, 0.9)]));
        Assert.Contains("which are absent", TextFiles.Error(() => new Planner(Request(part)).Plan("pools")).Problem);
        var left = new Planner(Request(part)).PlanAll().OfType<PlanOutcome.NotPossible>();
        Assert.Equal(
            ["pools", "random", "patience", "dimee", "ngram", "stacked-cloud", "phone-cloud", "cache", "hybrid"],
            left.Select(outcome => outcome.Policy));
        Assert.All(left.Take(2), outcome => Assert.Contains("which are absent", outcome.Reason));
    }

    [Fact]
    public void Without_the_selection_s_embeddings_pools_are_left_out_with_a_note_and_refused_by_name()
    {
        var part = RandomExits.Worked("selection", (0, [(true, 0.9), (true, 0.9), (true, 0.9)]));
        var planner = new Planner(Request(part, new PlanningOptions(), RandomExits.Map([(0.9, 0.1)], 2, [0, 0])));
        Assert.Equal("predictions/selection.jsonl", TextFiles.Error(() => planner.Plan("pools")).Where);
        var any = Assert.IsType<PlanOutcome.Planned>(planner.Plan(PolicyList.Any));
        Assert.Contains(any.Plan.Notes, note =>
            note.StartsWith("pools was left out. predictions/selection.jsonl: carries no embeddings", StringComparison.Ordinal));
        Assert.Equal(
            ["pools", "random", "patience", "dimee", "ngram", "stacked-cloud", "phone-cloud", "cache", "hybrid"],
            planner.PlanAll().OfType<PlanOutcome.NotPossible>().Select(outcome => outcome.Policy));
    }

    [Fact]
    public void A_contender_is_not_possible_even_where_its_sweep_is_one_point()
    {
        // More is asked than the cloud gives, and one pool holds all: the sweep of pools is the cloud alone.
        var part = Embed(
            RandomExits.Worked("selection", (0, [(false, 0.6), (true, 0.7), (true, 0.9)]), (1, [(true, 0.6), (true, 0.7), (true, 0.9)])),
            [[0, 0], [0, 0]]);
        var planner = new Planner(Request(
            part, new PlanningOptions { RewardWeights = [0], FitTemperatures = false, MaxDrop = -0.1 },
            RandomExits.Map([(0.5, 0)], 2, [0, 0])));
        Assert.IsType<PlanOutcome.NotPossible>(planner.Plan("pools"));
        var rows = planner.PlanAll().ToDictionary(outcome => outcome.Policy);
        Assert.Single(rows["pools"].Frontier);
        Assert.IsType<PlanOutcome.NotPossible>(rows["pools"]);
        Assert.Contains("takes the shares of the plan of pools", Assert.IsType<PlanOutcome.NotPossible>(rows["random"]).Reason);
        Assert.IsType<PlanOutcome.Planned>(rows["mobile"]);
        Assert.IsType<PlanOutcome.Planned>(rows["oracle"]);
    }

    [Fact]
    public void Beyond_a_tier_that_costs_nothing_there_is_no_gain()
    {
        var part = RandomExits.Worked(
            "selection", (0, [(true, 0.9), (true, 0.9), (true, 0.9)]), (1, [(true, 0.9), (true, 0.9), (true, 0.9)]));
        var request = Request(part) with
        {
            Costs = new CostStructure("ms", [new("mobile", 2, 0, 0), new("edge", 4, 1, 1), new("cloud", 6, 1, 3)], []),
        };
        var planner = new Planner(request);
        Assert.Equal(("mobile", 0.0), (Planned("cascade").BestSingleTier, Planned("cascade").Gain!.Beyond));
        Assert.Equal(("mobile", -5.0 / 9), (Planned("edge").BestSingleTier, Planned("edge").Gain!.Beyond));

        PlanOutcome.Planned Planned(string policy) => Assert.IsType<PlanOutcome.Planned>(planner.Plan(policy));
    }

    [Fact]
    public void Membership_needs_and_uses_the_selection_samples_own_metrics()
    {
        var part = Embed(
            RandomExits.Worked("selection", (0, [(true, 0.9), (true, 0.9), (true, 0.9)]), (1, [(false, 0.9), (true, 0.9), (true, 0.9)])),
            [[0, 0], [1, 1]]);
        var map = RandomExits.Map([(0.9, 0.1), (0.2, 0.3)], 2, [0, 0, 1, 1]);
        var request = Request(part, new PlanningOptions { Routing = SelectionRouting.Membership }, map);
        Assert.Equal("Routing", TextFiles.Error(() => new Planner(request).Plan("pools")).Where);
        SampleMetrics[] metrics = [new(new SampleGuid("s0"), 0, 0, 0.9, 0.1, 0, 0), new(new SampleGuid("s1"), 1, 0, 0.2, 0.3, 0, 0)];
        PlanOutcome Plan(SampleMetrics[] metrics, int exit) =>
            new Planner(request with { SelectionMetrics = PoolMetrics.OfOneExit(metrics, exit, new CartographyOptions()) }).Plan("pools");
        Assert.Contains("guid 's1' is missing", TextFiles.Error(() => Plan(metrics[..1], 6)).Problem);
        Assert.Contains("are of the exits 4 where the training samples' are of 6", TextFiles.Error(() => Plan(metrics, 4)).Problem);
        Assert.IsType<PlanOutcome.Planned>(Plan(metrics, 6));
    }

    [Fact]
    public void Membership_gives_the_best_reward_of_all_thresholds_by_the_samples_own_pools()
    {
        var gen = from part in RandomExits.Gen(most: 25)
                  from own in Gen.Bool
                  from map in RandomExits.Map(most: 30)
                  from owns in RandomExits.OwnMap(most: 30)
                  from mu in Gen.Int[0, 20].Array[50]
                  from sigma in Gen.Int[0, 10].Array[50]
                  select (part, map: own ? owns.Map : map, points: mu.Zip(sigma, (m, s) => (m / 20.0, s / 20.0)).ToArray());
        gen.Sample(t =>
        {
            SampleMetrics[] Of(int from) => [.. t.part.Guids.Select((guid, i) =>
                new SampleMetrics(new SampleGuid(guid), i, 0, t.points[i + from].Item1, t.points[i + from].Item2, 0, 0))];
            var options = s_small with { Routing = SelectionRouting.Membership };
            var isOwn = t.map.Samples.Origin.IsOwn;
            var selection = isOwn
                ? PoolMetrics.OfOwnExits([(2, Of(0)), (4, Of(25))], new CartographyOptions())
                : PoolMetrics.OfOneExit(Of(0), 6, new CartographyOptions());
            PoolGrid grid = isOwn ? new OwnExitsGrid(t.map.Samples, 3, 4) : new OneExitGrid(t.map.Samples, 3, 4, HardRule.LowConfidence);
            var outcome = new Planner(Request(t.part, options, t.map) with { SelectionMetrics = selection }).Plan("pools");
            foreach (var (pools, weight) in Rewarded(outcome).Select(chosen => ((PoolsParameters)chosen.Point.Parameters, chosen.Weight)))
            {
                double RewardOf(PoolThresholds thresholds) => Reward(t.part, options, new ByGuid(guid =>
                    selection.TierOf(int.Parse(guid[1..], CultureInfo.InvariantCulture), thresholds, HardRule.LowConfidence)), weight);
                var best = (from alpha in Enumerable.Range(0, grid.Alphas.Length)
                            from betas in grid.BetaChoices()
                            select RewardOf(grid.Thresholds(alpha, betas))).Max();
                Assert.Equal(best, RewardOf(pools.Thresholds), 1e-5);
            }
        }, iter: 20);
    }

    [Fact]
    public void Each_tiers_own_exit_must_be_that_of_the_tiers_and_has_one_rule_for_hard()
    {
        var (part, options) = (
            RandomExits.Worked("selection", (0, [(true, 0.9), (true, 0.9), (true, 0.9)])),
            new PlanningOptions { Hard = HardRule.LowConfidenceAndVariability });
        var map = PoolSamples.Join(
            PoolMetrics.OfOwnExits(
                [(2, RandomExits.Metrics([(0.5, 0)])), (6, RandomExits.Metrics([(0.5, 0)]))], new CartographyOptions()),
            new SampleEmbeddings(["t0"], 1, [1]));
        var errors = TextFiles.Errors(() => _ = new Planner(Request(part, options, map)));
        Assert.Equal(["training metrics", "Hard"], errors.Select(error => error.Where));
        Assert.Equal("are of the exits 2, 6 where the tiers but the last have 2, 4", errors[0].Problem);
    }

    [Fact]
    public void A_given_plan_stands_as_it_is_and_random_has_its_shares() =>
        Gen.Select(RandomExits.Gen(), RandomExits.Map()).Sample((part, map) =>
        {
            // The dearest point where the planner would take the cheapest, with shares that no plan of its own would have.
            var planner = new Planner(Request(part, s_small, map));
            var cloud = Assert.IsType<PlanOutcome.Planned>(planner.Plan("cloud")).Plan;
            var given = cloud with
            {
                Factory = planner.Plan("pools").Frontier[^1].Factory,
                Parameters = planner.Plan("pools").Frontier[^1].Parameters,
            };
            var outcomes = new Planner(Request(part, s_small, map) with { Given = given })
                .PlanAll()
                .OfType<PlanOutcome.Planned>()
                .ToDictionary(outcome => outcome.Policy);
            Assert.Same(given, outcomes["pools"].Plan);
            Assert.All(given.Expected.Shares, share => Assert.Equal(
                share.Value, outcomes["random"].Plan.ParametersJson().GetProperty("shares").GetProperty(share.Key).GetDouble()));
            var silent = given with { Expected = given.Expected with { Shares = new Dictionary<string, double>() } };
            Assert.Contains(
                new Planner(Request(part, s_small, map) with { Given = silent }).PlanAll().OfType<PlanOutcome.NotPossible>(),
                outcome => outcome.Policy == "random" && outcome.Reason.Contains("takes the shares", StringComparison.Ordinal));
            Assert.Equal("pools", new Planner(Request(part, s_small) with { Given = given }).PlanAll()[3].Policy);
            Assert.Equal("costs tiers", TextFiles.Error(() =>
                _ = new Planner(Request(part, s_small) with { Given = given with { Costs = CostStructure.Default([2, 6]) } })).Where);
        }, iter: 20);

    [Fact]
    public void Ready_made_metrics_are_told_of()
    {
        var part = Embed(RandomExits.Worked("selection", (0, [(true, 0.9), (true, 0.9), (true, 0.9)])), [[0, 0]]);
        var map = PoolSamples.Join(
            PoolMetrics.OfOneExit(RandomExits.Metrics([(0.9, 0.1)]), null, null), new SampleEmbeddings(["t0"], 2, [0, 0]));
        var plan = Assert.IsType<PlanOutcome.Planned>(new Planner(Request(part, new PlanningOptions(), map)).Plan("pools")).Plan;
        Assert.Contains(plan.Notes, note => note.StartsWith("The pools are cut by ready-made metrics", StringComparison.Ordinal));
        Assert.Null(plan.Pools!.Metrics.Options);
    }

    [Fact]
    public void Wrong_options_and_depths_are_reported_together()
    {
        var part = RandomExits.Worked("selection", (0, [(true, 0.9), (true, 0.9), (true, 0.9)]));
        var options = new PlanningOptions { MaxDrop = 2, GridLevels = 1, RewardWeights = [-1, double.NaN], Hard = (HardRule)9 };
        var errors = TextFiles.Errors(() => _ = new Planner(Request(part, options) with { Costs = CostStructure.Default([2, 3, 6]) }));
        Assert.Equal(
            ["Hard", "GridLevels", "RewardWeights", "RewardWeights", "MaxDrop", "costs tiers[1].depth"],
            errors.Select(error => error.Where));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    public void Any_number_of_tiers_can_be_planned(int tiers) =>
        Gen.Select(RandomExits.Gen(exits: 5, most: 20), RandomExits.Map(most: 20)).Sample((part, map) =>
        {
            int[] depths = [.. Enumerable.Range(1, tiers - 1).Select(i => 2 * i), 10];
            var request = Request(part, s_small, map) with { Costs = CostStructure.Default(depths) };
            var planned = Assert.IsType<PlanOutcome.Planned>(new Planner(request).Plan("pools"));
            Assert.Equal(1, planned.Plan.Expected.Shares.Values.Sum(), 1e-9);
        }, iter: 10);

    private static PlanRequest Request(RecordedExits part, PlanningOptions? options = null, PoolSamples? map = null) =>
        new() { Selection = new SelectionPart(part), Costs = s_costs, Training = map, Options = options ?? new PlanningOptions() };

    /// <summary>The routers of all thresholds, each pool's mean computed from its members.</summary>
    private static IEnumerable<CentroidRouter> AllRouters(PoolSamples map, PlanningOptions options) =>
        from alpha in QuantileGrid.ForLowerCut(Each(map, i => map.Samples.Confidence(i, 0)), options.GridLevels)
        from beta in QuantileGrid.ForUpperCut(Each(map, i => map.Samples.Variability(i, 0)), options.GridLevels)
        let thresholds = new PoolThresholds(alpha, [beta])
        select Router(map, options, i => thresholds.TierOf(map.Samples.Confidence(i, 0), map.Samples.Variability(i, 0), options.Hard));

    private static IEnumerable<CentroidRouter> OwnRouters(
        (PoolSamples Map, (double Mu, double Sigma)[][] Points) own, PlanningOptions options) =>
            from alpha in QuantileGrid.ForLowerCut(own.Points.SelectMany(exit => exit.Select(point => point.Mu)), options.GridLevels)
            from beta in QuantileGrid.ForUpperCut(own.Points[0].Select(point => point.Sigma), options.GridLevels)
            select Router(own.Map, options, i =>
                own.Points[0][i].Mu >= alpha && own.Points[0][i].Sigma <= beta ? 0 : own.Points[1][i].Mu >= alpha ? 1 : 2);

    /// <summary>The points of a sweep of pools that a reward has chosen: all but the end of the grid.</summary>
    private static IEnumerable<(FrontierPoint Point, double Weight)> Rewarded(PlanOutcome outcome) => outcome.Frontier
        .Select(point => (point, ((PoolsParameters)point.Parameters).RewardWeight))
        .Where(point => point.RewardWeight is not null)
        .Select(point => (point.point, point.RewardWeight!.Value));

    private static IEnumerable<double> Each(PoolSamples map, Func<int, double> value) =>
        Enumerable.Range(0, map.Samples.Count).Select(value);

    private static CentroidRouter Router(PoolSamples map, PlanningOptions options, Func<int, int> tierOf) =>
        new([.. Enumerable.Range(0, 3).Select(tier => Mean(map, options, i => tierOf(i) == tier))], options.Embedding);

    private static float[]? Mean(PoolSamples map, PlanningOptions options, Func<int, bool> isMember)
    {
        double[][] members = [.. Enumerable.Range(0, map.Samples.Count)
            .Where(isMember)
            .Select(i => map.Embedding(i).ToArray().Select(value => (double)value).ToArray())
            .Select(e => options.Embedding == EmbeddingNormalization.UnitLength && e.Any(v => v != 0)
                ? [.. e.Select(v => v / Math.Sqrt(e.Sum(x => x * x)))]
                : e)];
        return members.Length == 0
            ? null
            : [.. Enumerable.Range(0, map.EmbeddingSize).Select(k => (float)members.Average(member => member[k]))];
    }

    private static double Reward(RecordedExits part, PlanningOptions options, IPolicy policy, double weight)
    {
        var run = PolicyRunner.Run(policy, part, s_costs);
        double[] temperatures = [.. Enumerable.Range(0, 3).Select(exit => options.FitTemperatures ? Temperature.Fit(part, exit) : 1)];
        return Enumerable.Range(0, part.Count).Average(i =>
        {
            var logits = part.Logits(i, run.Tiers[i]);
            var value = options.Reward == RewardKind.Correctness
                ? (Softmax.ArgMax(logits) == part.Gold[i] ? 1 : 0)
                : Softmax.Confidence(logits, (float)temperatures[run.Tiers[i]]);
            return value - (weight * run.Costs[i]);
        });
    }

    private static RecordedExits Embed(RecordedExits part, float[][] embeddings)
    {
        var builder = new RecordedExitsBuilder(part.Part, [.. part.Exits], part.Classes, embeddings[0].Length);
        for (var i = 0; i < part.Count; i++)
            builder.Add(part.Guids[i], part.Gold[i], [.. part.Logits(i, 0), .. part.Logits(i, 1), .. part.Logits(i, 2)], embeddings[i]);
        return builder.Build();
    }

    private sealed class ByGuid(Func<string, int> tierOf) : IPolicy
    {
        public PolicyStep Next(in PolicyState state) => state.Visits.IsEmpty ? PolicyStep.RunOn(tierOf(state.Guid)) : PolicyStep.Answer;
    }

    private sealed class Routed(CentroidRouter router) : IPolicy
    {
        public PolicyStep Next(in PolicyState state) =>
            state.Visits.IsEmpty ? PolicyStep.RunOn(router.Route(state.Embedding)) : PolicyStep.Answer;
    }
}

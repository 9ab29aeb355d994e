using System.Text.Json;
using CsCheck;
using Dimec.Costs;
using Dimec.Policies;
using Dimec.Policies.Baselines;
using Dimec.Policies.Fitting;
using Dimec.Predictions;

namespace Dimec.Tests.Policies;

/// <summary>Each policy against a case worked by hand and against its rule said again, over random exits.</summary>
public class PolicyTests
{
    private static readonly CostStructure s_costs = CostStructure.Default([2, 4, 6]);

    /// <summary>At the default costs 2, 5, 9; confident exits are at 0.9, unsure ones at 0.6.</summary>
    private static readonly RecordedExits s_worked = RandomExits.Worked(
        "dev",
        (0, [(true, 0.9), (true, 0.9), (true, 0.9)]),
        (1, [(false, 0.6), (true, 0.9), (true, 0.9)]),
        (0, [(false, 0.6), (false, 0.6), (true, 0.9)]),
        (1, [(false, 0.9), (false, 0.6), (false, 0.9)]));

    [Theory]
    [InlineData("mobile", 0, 2.0)]
    [InlineData("edge", 1, 5.0)]
    [InlineData("cloud", 2, 9.0)]
    public void A_single_tier_answers_everything_at_its_own_cost(string name, int tier, double cost)
    {
        var run = Run(name, "{}");
        Assert.All(run.Tiers, answered => Assert.Equal(tier, answered));
        Assert.All(run.Costs, paid => Assert.Equal(cost, paid));
    }

    [Fact]
    public void The_cascade_worked_by_hand_pays_every_tier_that_it_visits()
    {
        var run = Run("cascade", """{"thresholds":{"mobile":0.8,"edge":0.8}}""");
        Assert.Equal([0, 1, 2, 0], run.Tiers);
        Assert.Equal([2.0, 7.0, 16.0, 2.0], run.Costs);
        Assert.Equal([0, 1, 0, 0], run.Labels);
        Assert.Equal([true, true, true, false], run.Right(s_worked));
        Assert.Equal(0.9f, run.Confidences[2], 1e-6f);
        Assert.Equal([0.5, 0.25, 0.25], run.Shares(["mobile", "edge", "cloud"]).Values);
    }

    [Fact]
    public void The_oracle_worked_by_hand_takes_the_cheapest_where_none_is_right()
    {
        var run = RunOracle(s_worked, s_costs);
        Assert.Equal([0, 1, 2, 0], run.Tiers);
        Assert.Equal([2.0, 5.0, 9.0, 2.0], run.Costs);
    }

    [Fact]
    public void The_oracle_goes_by_cost_and_not_by_depth()
    {
        var costs = new CostStructure("ms", [new("mobile", 2, 10, 0), new("edge", 4, 1, 0), new("cloud", 6, 1, 0)], []);
        var run = RunOracle(s_worked, costs);
        Assert.Equal([1, 1, 2, 1], run.Tiers);
    }

    [Fact]
    public void The_oracle_cannot_be_served() =>
        Assert.Contains("cannot be served", TextFiles.Error(() => Oracle(s_costs).Policy.Read(default, s_costs, "plan.json")).Problem);

    [Fact]
    public void Pools_worked_by_hand_go_to_the_nearest_centroid()
    {
        var builder = new RecordedExitsBuilder("dev", [2, 4, 6], 2, 2);
        foreach (var (i, embedding) in new float[][] { [0, 1], [9, 0], [5, 0], [0, 9] }.Index())
            builder.Add($"{i}", 0, [1, 0, 1, 0, 1, 0], embedding);
        var run = PolicyRunner.Run(
            Make("pools", PoolsParameters("""{"mobile":[0,0],"edge":[10,0],"cloud":[0,10]}""")), builder.Build(), s_costs);
        // The third is as near to the mobile's centroid as to the edge's: the cheaper one.
        Assert.Equal([0, 1, 0, 2], run.Tiers);
        Assert.Equal([2.0, 5.0, 2.0, 9.0], run.Costs);
    }

    [Fact]
    public void A_tier_without_a_centroid_is_never_named() => RandomExits.Gen(embedding: 2).Sample(part =>
        Assert.DoesNotContain(
            1, PolicyRunner.Run(Make("pools", PoolsParameters("""{"mobile":[0,0],"cloud":[1,1]}""")), part, s_costs).Tiers));

    [Fact]
    public void The_cascade_equals_its_restatement() => Gen.Select(RandomExits.Gen(), Gen.Double[0.3, 1].Array[2]).Sample((part, cuts) =>
    {
        var run = PolicyRunner.Run(
            Make("cascade", JsonSerializer.Serialize(new { thresholds = new { mobile = cuts[0], edge = cuts[1] } })), part, s_costs);
        for (var i = 0; i < part.Count; i++)
        {
            var expected = Enumerable.Range(0, 2).Where(tier => Softmax.Confidence(part.Logits(i, tier)) >= cuts[tier]).Append(2).First();
            Assert.Equal(expected, run.Tiers[i]);
            Assert.Equal(new[] { 2.0, 7, 16 }[expected], run.Costs[i]);
            Assert.Equal(Softmax.ArgMax(part.Logits(i, expected)), run.Labels[i]);
        }
    });

    [Fact]
    public void No_policy_that_answers_from_one_tier_beats_the_oracle() => RandomExits.Gen().Sample(part =>
    {
        var oracle = RunOracle(part, s_costs);
        var right = oracle.Right(part);
        for (var i = 0; i < part.Count; i++)
        {
            int[] rights = [.. Enumerable.Range(0, 3).Where(tier => Softmax.ArgMax(part.Logits(i, tier)) == part.Gold[i])];
            Assert.Equal(rights.Length > 0, right[i]);
            Assert.Equal(rights.Length > 0 ? s_costs.Of(rights.Min()) : 2, oracle.Costs[i]);
        }
    });

    [Fact]
    public void The_random_policy_keeps_its_shares_and_its_choices()
    {
        var builder = new RecordedExitsBuilder("dev", [2, 4, 6], 2, 0);
        for (var i = 0; i < 20_000; i++)
            builder.Add($"{i}", 0, [1, 0, 1, 0, 1, 0], []);
        var part = builder.Build();
        PolicyRun RunAt(int seed) =>
            PolicyRunner.Run(Make("random", $$$"""{"seed":{{{seed}}},"shares":{"mobile":0.2,"edge":0,"cloud":0.8}}"""), part, s_costs);
        var first = RunAt(1);
        Assert.Equal(0.2, first.Shares(["mobile", "edge", "cloud"])["mobile"], 0.015);
        Assert.DoesNotContain(1, first.Tiers);
        Assert.Equal(first.Tiers, RunAt(1).Tiers);
        Assert.NotEqual(first.Tiers, RunAt(2).Tiers);
    }

    [Fact]
    public void Measured_the_random_policy_keeps_its_shares_exactly_and_else_draws_as_served() =>
        Gen.Select(RandomExits.Gen("dev", most: 400), Gen.Int[0, 100].Array[3]).Sample((part, parts) =>
        {
            double[] shares = [.. parts.Select(share => (share + 0.01) / (parts.Sum() + 0.03))];
            var random = FitterList.Default.Find("random", s_costs, "policy");
            var parameters = random.Policy.Read(
                JsonSerializer.SerializeToElement(
                    new { seed = 3, shares = new { mobile = shares[0], edge = shares[1], cloud = shares[2] } }), s_costs, "plan");
            var allotted = PolicyRunner.Run(random.CreateMeasured(parameters, s_costs, part, s_costs), part, s_costs);
            var counts = Enumerable.Range(0, 3).Select(tier => allotted.Tiers.Count(answered => answered == tier));
            Assert.All(counts.Zip(shares), pair => Assert.True(Math.Abs(pair.First - (pair.Second * part.Count)) < 1));
            // Chance misses a share of n by about the root of n; what it hits is the same.
            var served = PolicyRunner.Run(random.Policy.Create(parameters, s_costs), part, s_costs);
            Assert.InRange(allotted.Tiers.Zip(served.Tiers).Count(pair => pair.First != pair.Second), 0, 4 + (5 * Math.Sqrt(part.Count)));
        });

    [Theory]
    [InlineData("edge", PolicyKind.SingleTier)]
    [InlineData("pools", PolicyKind.Contender)]
    [InlineData("random", PolicyKind.Control)]
    [InlineData("cascade", PolicyKind.Contender)]
    [InlineData("oracle", PolicyKind.Bound)]
    [InlineData("fog", null)]
    public void Every_policy_says_which_part_it_plays(string policy, PolicyKind? kind) =>
        Assert.Equal(kind, PolicyList.Default.KindOf(policy, s_costs));

    [Theory]
    [InlineData("cascade", """{"thresholds":{"mobile":0.5}}""", "thresholds")]
    [InlineData("cascade", """{"thresholds":{"mobile":0.5,"edge":"x"}}""", "thresholds.edge")]
    [InlineData("cascade", """{"thresholds":{"mobile":0.5,"edge":1},"x":1}""", "x")]
    [InlineData("random", """{"seed":1,"shares":{"mobile":0.5}}""", "shares")]
    [InlineData("random", """{"seed":1,"shares":{"mobile":0.5,"fog":0.5,"cloud":0.5}}""", "shares")]
    [InlineData("random", """{"seed":1,"shares":{"mobile":-1,"cloud":2}}""", "shares")]
    public void Wrong_parameters_name_the_key(string policy, string parameters, string key) =>
        Assert.Equal($"plan.json parameters.{key}", TextFiles.Error(() => Make(policy, parameters)).Where);

    [Theory]
    [InlineData("""{"mobile":[0,0],"fog":[1,1]}""", "centroids.fog")]
    [InlineData("""{"mobile":[0,0],"edge":[1]}""", "centroids")]
    [InlineData("{}", "centroids")]
    public void Wrong_centroids_name_the_key(string centroids, string key) =>
        Assert.Equal($"plan.json parameters.{key}", TextFiles.Error(() => Make("pools", PoolsParameters(centroids))).Where);

    [Theory]
    [InlineData("\"alpha\":0.5", "\"alpha\":null", "alpha")]
    [InlineData("[0.1]", "[0.1,0.2]", "betas")]
    [InlineData("low-confidence", "LowConfidence", "hard")]
    [InlineData("\"none\"", "\"3\"", "embedding")]
    [InlineData("\"reward\":", "\"embeddingKind\":\"norms\",\"reward\":", "embeddingKind")]
    [InlineData("\"exits\":[6]", "\"exits\":6", "metrics.exits")]
    [InlineData("\"temperatures\":{}", "\"temperatures\":{\"last\":1}", "temperatures.last")]
    [InlineData("\"temperatures\":{}", "\"temperatures\":{\"2\":1e300}", "temperatures.2")]
    [InlineData("[0,0]", "[0,1e300]", "centroids.mobile")]
    public void Wrong_parameters_of_pools_name_the_key(string right, string wrong, string key) =>
        Assert.Equal($"plan.json parameters.{key}", TextFiles.Error(() =>
            Make("pools", PoolsParameters("""{"mobile":[0,0]}""").Replace(right, wrong, StringComparison.Ordinal))).Where);

    [Fact]
    public void Every_policy_has_its_fitter_in_the_same_order() =>
        Assert.Equal(
            PolicyList.Default.For(s_costs).Select(policy => policy.Name),
            FitterList.Default.For(s_costs).Select(fitter => fitter.Policy.Name));

    [Fact]
    public void A_name_stands_for_one_policy()
    {
        Assert.Throws<ArgumentException>(() => PolicyList.Default.With(PolicyList.Default.Find("cascade", s_costs, "policy")));
        Assert.Throws<ArgumentException>(() => FitterList.Default.With(FitterList.Default.Find("cascade", s_costs, "policy")));
    }

    [Fact]
    public void An_unknown_policy_is_told_which_there_are() =>
        Assert.Contains(
            "cloud, edge, mobile, pools, random, cascade, entropy, patience, agreement, dimee, splitee, ceebert, "
            + "recserve, ngram, stacked-cloud, phone-cloud, cache, ladder, hybrid, oracle",
            TextFiles.Error(() => PolicyList.Default.Find("bandit", s_costs, "policy")).Fix);

    [Fact]
    public void A_policy_that_cannot_be_right_is_stopped()
    {
        Assert.Throws<InvalidOperationException>(() => PolicyRunner.Run(new Always(PolicyStep.Answer), s_worked, s_costs));
        Assert.Throws<InvalidOperationException>(() => PolicyRunner.Run(new Always(PolicyStep.RunOn(3)), s_worked, s_costs));
        Assert.Throws<InvalidOperationException>(() => PolicyRunner.Run(new Always(PolicyStep.RunOn(1)), s_worked, s_costs));
    }

    [Fact]
    public void A_depth_without_an_exit_is_refused() =>
        Assert.Equal(
            "costs tiers[1].depth",
            TextFiles.Error(() => PolicyRunner.Run(new SingleTierPolicy(0), s_worked, CostStructure.Default([2, 5, 6]))).Where);

    private static PolicyRun Run(string policy, string parameters) => PolicyRunner.Run(Make(policy, parameters), s_worked, s_costs);

    private static IPolicy Make(string policy, string parameters)
    {
        using var document = JsonDocument.Parse(parameters);
        var factory = PolicyList.Default.Find(policy, s_costs, "policy");
        return factory.Create(factory.Read(document.RootElement, s_costs, "plan.json"), s_costs);
    }

    private static IPolicyFitter Oracle(CostStructure costs) => FitterList.Default.Find("oracle", costs, "policy");

    private static PolicyRun RunOracle(RecordedExits part, CostStructure costs) =>
        PolicyRunner.Run(Oracle(costs).CreateMeasured(NoParameters.Instance, costs, part, costs), part, costs);

    private static string PoolsParameters(string centroids) => $$"""
        {"alpha":0.5,"betas":[0.1],"rewardWeight":0,"hard":"low-confidence","embedding":"none","reward":"confidence","routing":"centroids",
         "gridLevels":20,"fitTemperatures":true,"metrics":{"own":false,"exits":[6],"includeCi":false},"temperatures":{},"droppedTiers":[],"centroids":{{centroids}}}
        """;

    private sealed class Always(PolicyStep step) : IPolicy
    {
        public PolicyStep Next(in PolicyState state) => step;
    }
}

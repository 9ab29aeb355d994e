using System.Text.Json;
using CsCheck;
using Dimec.Costs;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Pools;
using Dimec.Predictions;
using Dimec.Statistics;

namespace Dimec.Tests.Planning.Promises;

/// <summary>A plan says what the selection part tells of its drop, and what it does not.</summary>
public class PlanEvidenceTests
{
    private static readonly CostStructure s_costs = CostStructure.Default([2, 4, 6]);

    [Fact]
    public void Few_disagreements_have_an_exact_interval()
    {
        // 200 samples, the mobile alone right on 1 and the cloud alone on 3. By bisection over Σ C(n, i) p^i (1 − p)^(n − i) ≤ 0.025:
        // U(1; 200) = 0.02754189845720562, U(3; 200) = 0.04320828191771259.
        var plan = PlanOf("mobile", 1, Part((200, 1, 3)));
        Assert.Equal((0.01, 200), (plan.Expected.Drop, plan.Expected.N));
        Assert.Equal(-0.02754189845720562, plan.Expected.DropInterval!.Value.Lower, 1e-12);
        Assert.Equal(0.04320828191771259, plan.Expected.DropInterval!.Value.Upper, 1e-12);
        Assert.DoesNotContain(plan.Notes, note => note.StartsWith("Warning", StringComparison.Ordinal));
    }

    [Fact]
    public void Many_disagreements_are_resampled_within_their_classes()
    {
        // The exact law of that bootstrap, by convolution over 120 losses of class 0 (P(−1) = 6/120, P(1) = 14/120) and 80 of class 1
        // (3/80, 9/80): its 2.5 and 97.5 % quantiles are 3/200 and 25/200.
        var plan = PlanOf("mobile", 1, Part((120, 6, 14), (80, 3, 9)));
        Assert.Equal((14 / 200.0, 200), (plan.Expected.Drop, plan.Expected.N));
        Assert.Equal(3 / 200.0, plan.Expected.DropInterval!.Value.Lower, 1 / 199.0);
        Assert.Equal(25 / 200.0, plan.Expected.DropInterval!.Value.Upper, 1 / 199.0);
    }

    [Theory]
    // ⌈(1.96 s / (limit − drop))²⌉ with s² = (n₁₀ + n₀₁) / n − drop², and at least ⌈ln 0.025 / ln(1 − limit)⌉.
    [InlineData(200, 2, 3, 0.01, "about 3,838 samples would be needed")]
    [InlineData(200, 0, 0, 0.005, "about 736 samples would be needed")]
    [InlineData(300, 2, 2, 0.005, "about 2,049 samples would be needed")]
    [InlineData(300, 20, 19, 0.005, "about 7,191 samples would be needed")]
    [InlineData(200, 1, 2, 0.005, "no number of samples would tell, since the drop on these is at the limit itself")]
    [InlineData(100, 3, 3, 0, "no number of samples would tell, since the drop on these is at the limit itself")]
    [InlineData(50, 8, 6, 0, "about 669 samples would be needed")]
    public void Where_the_samples_cannot_tell_the_plan_warns_and_says_how_many_could(
        int n, int onlyMobile, int onlyCloud, double maxDrop, string needed)
    {
        var plan = PlanOf("mobile", maxDrop, Part((n, onlyMobile, onlyCloud)));
        var warning = plan.Notes[0];
        Assert.StartsWith($"Warning: with n = {n} the drop could be up to ", warning, StringComparison.Ordinal);
        Assert.Contains(needed, warning, StringComparison.Ordinal);
        Assert.True(plan.Expected.DropInterval!.Value.Upper > maxDrop);
    }

    [Fact]
    public void The_warning_reads_as_a_sentence()
    {
        Assert.Equal(
            "Warning: with n = 200 the drop could be up to 1.83 points on other samples like these (95 % interval −1.83 to 1.83), "
            + "where 0.5 points are allowed; about 736 samples would be needed to tell.",
            PlanOf("mobile", 0.005, Part((200, 0, 0))).Notes[0]);
    }

    [Theory]
    [InlineData("any")]
    [InlineData("cascade")]
    [InlineData("mobile")]
    public void Whatever_is_planned_by_name_is_judged_once(string policy)
    {
        var planner = new Planner(Request(Part((50, 1, 1)), 1));
        var first = Assert.IsType<PlanOutcome.Planned>(planner.Plan(policy)).Plan;
        Assert.Equal((50, true), (first.Expected.N, first.Expected.DropInterval is not null));
        Assert.Equal(
            TextFiles.Written(first.Write), TextFiles.Written(Assert.IsType<PlanOutcome.Planned>(planner.Plan(policy)).Plan.Write));
    }

    [Fact]
    public void The_cloud_has_no_drop_against_itself()
    {
        var plan = PlanOf("cloud", 0, Part((3, 0, 1)));
        Assert.Equal(new Interval(0, 0), plan.Expected.DropInterval);
        Assert.Empty(plan.Notes);
    }

    [Fact]
    public void The_file_holds_them_and_one_without_them_reads_as_well()
    {
        var plan = PlanOf("mobile", 1, Part((200, 1, 3)));
        var text = TextFiles.Written(plan.Write);
        var expected = JsonDocument.Parse(text).RootElement.GetProperty("expected");
        Assert.Equal(200, expected.GetProperty("n").GetInt32());
        Assert.Equal(
            [plan.Expected.DropInterval!.Value.Lower, plan.Expected.DropInterval!.Value.Upper],
            expected.GetProperty("dropInterval").EnumerateArray().Select(end => end.GetDouble()));
        Assert.Equal(plan.Expected.DropInterval, Plan.Read(TextFiles.Stream(text), "plan.json").Expected.DropInterval);
        var older = TextFiles.Written((plan with { Expected = plan.Expected with { DropInterval = null, N = null } }).Write);
        Assert.DoesNotContain("dropInterval", older, StringComparison.Ordinal);
        Assert.Equal(
            (null, null),
            (
                Plan.Read(TextFiles.Stream(older), "plan.json").Expected.DropInterval,
                Plan.Read(TextFiles.Stream(older), "plan.json").Expected.N));
        Assert.Equal("plan.json expected.dropInterval", TextFiles.Error(() => Plan.Read(
            TextFiles.Stream(text.Replace("\"dropInterval\": [", "\"dropInterval\": [1, ", StringComparison.Ordinal)), "plan.json")).Where);
    }

    [Fact]
    public void A_plan_that_cannot_be_served_says_so()
    {
        var planner = new Planner(Request(Part((50, 0, 0)), 1));
        Assert.Contains(Assert.IsType<PlanOutcome.Planned>(planner.Plan("splitee")).Plan.Notes, note =>
            note.StartsWith("Not served: splitee learns from all samples", StringComparison.Ordinal));
        Assert.DoesNotContain(Assert.IsType<PlanOutcome.Planned>(planner.Plan("cascade")).Plan.Notes, note =>
            note.StartsWith("Not served", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_no_policy_will_do_the_sentence_names_those_that_were_tried()
    {
        var outcome = Assert.IsType<PlanOutcome.NotPossible>(new Planner(Request(Part((4, 1, 1)), -0.5)).Plan(PolicyList.Any));
        Assert.Equal(
            "No policy that can be served keeps the drop on the selection part at or below −50 points: "
            + "of cascade, cloud, edge, entropy, ladder, mobile the smallest is 0 points, by mobile at 2 layers a sample.",
            outcome.Reason);
    }

    [Fact]
    public void A_cost_that_is_small_in_its_unit_is_not_printed_as_nothing()
    {
        var costs = new CostStructure("kWh", [new("mobile", 2, 1e-9, 0), new("edge", 4, 1e-9, 1e-8), new("cloud", 6, 1e-7, 1e-7)], []);
        var outcome = new Planner(Request(Part((4, 0, 2)), 0) with { Costs = costs }).Plan("mobile");
        Assert.Contains("at 2E−09 kWh a sample", Assert.IsType<PlanOutcome.NotPossible>(outcome).Reason, StringComparison.Ordinal);
    }

    /// <summary>Every policy of which "always the last tier" is a setting keeps a drop of nothing, whatever the exits say.</summary>
    [Fact]
    public void What_can_leave_everything_to_the_last_tier_is_possible_wherever_no_drop_is_allowed() => s_any.Sample(t =>
    {
        var request = new PlanRequest
        {
            Selection = new SelectionPart(t.Selection),
            Costs = s_costs,
            Training = t.Map,
            TrainExits = new TrainPart(t.Train),
            Options = new PlanningOptions { MaxDrop = 0, GridLevels = 5, RewardWeights = [0, 0.2], FitTemperatures = t.Fit, Hard = t.Hard },
        };
        var planner = new Planner(request);
        foreach (var policy in PolicyList.Default
            .For(s_costs)
            .Where(family => family.Kind == PolicyKind.Contender)
            .Select(family => family.Name)
            // Bandits have no setting; of a window that holds one sample alone recserve passes none on; a hybrid need not have the last
            // stop as the first for all.
            .Except(["splitee", "ceebert", "recserve", "hybrid"])
            .Append("cloud")
            .Append(PolicyList.Any))
        {
            Assert.True(planner.Plan(policy) is PlanOutcome.Planned { Plan.Expected.Drop: <= 0 }, policy);
        }
    }, iter: 60);

    [Fact]
    public void Pools_that_no_reward_chose_say_so_and_read_back()
    {
        // The mobile is the surest and always wrong, so every reward chooses it.
        var builder = new RecordedExitsBuilder("selection", [2, 4, 6], 2, 1);
        for (var i = 0; i < 4; i++)
            builder.Add($"s{i}", 0, [0, 9, 0, 5, 1, 0], [i]);
        var request = new PlanRequest
        {
            Selection = new SelectionPart(builder.Build()),
            Costs = s_costs,
            Training = RandomExits.Map([(0.2, 0.1), (0.9, 0.2)], 1, [0, 3]),
            Options = new PlanningOptions { MaxDrop = 0, FitTemperatures = false },
        };
        var plan = Assert.IsType<PlanOutcome.Planned>(new Planner(request).Plan("pools")).Plan;
        Assert.Equal((9.0, 0.0, 1.0), (plan.Expected.Cost, plan.Expected.Drop, plan.Expected.Shares["cloud"]));
        Assert.Null(plan.Pools!.RewardWeight);
        // The cloud's pool alone is left: nothing can be worse than the cloud, so four samples are not too few to say so.
        Assert.DoesNotContain(plan.Notes, note => note.StartsWith("Warning", StringComparison.Ordinal));
        Assert.Contains(plan.Notes, note => note.StartsWith("No pools that the reward chooses keep the drop", StringComparison.Ordinal));
        Assert.Equal(
            TextFiles.Written(plan.Write),
            TextFiles.Written(Plan.Read(TextFiles.Stream(TextFiles.Written(plan.Write)), "plan.json").Write));
    }

    private static readonly Gen<(RecordedExits Selection, RecordedExits Train, PoolSamples Map, bool Fit, HardRule Hard)> s_any =
        from selection in ExtremeExits.Gen("selection")
        from train in ExtremeExits.Gen("train")
        from points in Gen.Int[0, 5].Array[2 * train.Count]
        from fit in Gen.Bool
        from hard in Gen.Enum<HardRule>()
        select (selection, train, MapOf(train, points), fit, hard);

    private static PoolSamples MapOf(RecordedExits train, int[] points) => RandomExits.Map(
        [.. Enumerable.Range(0, train.Count).Select(i => (points[2 * i] / 5.0, points[(2 * i) + 1] / 10.0))], train.EmbeddingSize,
        [.. Enumerable.Range(0, train.Count).SelectMany(i => train.Embedding(i).ToArray())]);

    private static Plan PlanOf(string policy, double maxDrop, RecordedExits part) =>
        Assert.IsType<PlanOutcome.Planned>(new Planner(Request(part, maxDrop)).Plan(policy)).Plan;

    private static PlanRequest Request(RecordedExits part, double maxDrop) =>
        new() { Selection = new SelectionPart(part), Costs = s_costs, Options = new PlanningOptions { MaxDrop = maxDrop } };

    /// <summary>
    /// For each class, its samples, and of these how many the mobile and the cloud alone get right; the edge is as the cloud.
    /// </summary>
    private static RecordedExits Part(params (int N, int OnlyMobile, int OnlyCloud)[] classes) =>
        RandomExits.Worked("selection", [.. classes.SelectMany((c, label) => Enumerable.Range(0, c.N).Select(i =>
        {
            var (mobile, cloud) = (i >= c.OnlyCloud, i < c.OnlyCloud || i >= c.OnlyCloud + c.OnlyMobile);
            return (label, new[] { (mobile, 0.8), (cloud, 0.8), (cloud, 0.8) });
        }))]);
}

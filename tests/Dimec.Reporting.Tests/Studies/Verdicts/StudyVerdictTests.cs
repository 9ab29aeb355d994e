using Dimec.Costs;
using Dimec.Evaluation.Seeds;
using Dimec.Reporting.Studies;
using Dimec.Statistics;
using Dimec.Studies.Seeds;

namespace Dimec.Reporting.Tests.Studies.Verdicts;

/// <summary>Rules in all their cases, each on figures that are set by hand.</summary>
public class StudyVerdictTests
{
    private static readonly StudyDepths s_made = MadeStudy.Depths(2, [2, 4, 6]);

    [Theory]
    [InlineData(0.44, 0.43, 0.45, 0.001, -0.004, 0.005, nameof(ClaimStanding.Shown))]
    [InlineData(0.43, 0.43, 0.43, 0.005, 0.005, 0.005, nameof(ClaimStanding.Shown))]
    [InlineData(0.44, 0.42, 0.46, 0.001, -0.004, 0.004, nameof(ClaimStanding.OnAverage))]
    [InlineData(0.44, 0.43, 0.45, 0.001, -0.004, 0.006, nameof(ClaimStanding.OnAverage))]
    [InlineData(0.42, 0.40, 0.44, 0.001, -0.004, 0.004, nameof(ClaimStanding.NotMet))]
    [InlineData(0.60, 0.59, 0.61, 0.006, -0.004, 0.014, nameof(ClaimStanding.NotMet))]
    [InlineData(0.30, 0.28, 0.42, 0.001, -0.004, 0.004, nameof(ClaimStanding.RuledOut))]
    [InlineData(0.60, 0.59, 0.61, 0.02, 0.006, 0.03, nameof(ClaimStanding.RuledOut))]
    public void The_papers_headline(
        double saved, double savedLow, double savedHigh, double drop, double dropLow, double dropHigh, string standing) =>
            Assert.Equal(standing, $"{StudyClaim.Paper.Of(Row("pools", saved, savedLow, savedHigh, drop, dropLow, dropHigh))}");

    [Theory]
    [InlineData(0.05, 0.01, 0.09, 0.001, nameof(GainStanding.Gain))]
    [InlineData(0.05, 0.01, 0.09, 0.006, nameof(GainStanding.Bought))]
    [InlineData(0.05, -0.01, 0.11, 0.001, nameof(GainStanding.NotShown))]
    [InlineData(-0.05, -0.11, 0.01, 0.001, nameof(GainStanding.NotShown))]
    [InlineData(-0.05, -0.09, -0.01, 0.001, nameof(GainStanding.Loss))]
    [InlineData(0.004, 0.003, 0.005, 0.001, nameof(GainStanding.Match))]
    [InlineData(-0.004, -0.005, -0.003, 0.001, nameof(GainStanding.Match))]
    public void What_is_saved_beyond_a_single_tier(double beyond, double low, double high, double drop, string standing) =>
        Assert.Equal(standing, $"{Gain.Of(Row("pools", 0.5, 0.49, 0.51, drop, 0, 0.01), Mean(beyond, low, high), 0.005)}");

    [Fact]
    public void A_policy_that_hardly_chooses_gains_nothing_whatever_it_saves()
    {
        var row = Row("pools", 0.5, 0.49, 0.51, 0, 0, 0) with
        {
            Beyond = Mean(0.05, 0.04, 0.06),
            Shares = new Dictionary<string, double> { ["mobile"] = 0.03, ["edge"] = 0.96, ["cloud"] = 0.01 },
        };
        Assert.Equal(GainStanding.Degenerate, Gain.Of(row, row.Beyond, 0.005));
        Assert.Equal(GainStanding.NoPlan, Gain.Of(row with { Planned = 0 }, row.Beyond, 0.005));
        Assert.Equal(GainStanding.NoPlan, Gain.Of(null, null, 0.005));
    }

    [Theory]
    [InlineData(0.51, 0.60, nameof(ClassStanding.Beats), "The model does the task")]
    [InlineData(0.50, 0.60, nameof(ClassStanding.NotShown), "not shown to do this task, whatever the policy")]
    [InlineData(0.40, 0.50, nameof(ClassStanding.NotShown), "not shown to do this task, whatever the policy")]
    [InlineData(0.40, 0.49, nameof(ClassStanding.Below), "This backbone cannot do this task, whatever the policy")]
    public void The_cloud_against_the_largest_class(double low, double high, string standing, string words)
    {
        // Half of the made samples are of either class.
        var verdict = Verdict(Row("cloud", 0, 0, 0, 0, 0, 0) with { Accuracy = Mean((low + high) / 2, low, high) });
        Assert.Equal(0.5, verdict.LargestClass);
        Assert.Equal(standing, $"{verdict.Class}");
        Assert.Contains(words, VerdictWords.Of(verdict)[0], StringComparison.Ordinal);
        Assert.Equal(
            standing != "Beats",
            VerdictWords.Of(verdict)[0].Contains("By the task's own measure, F1, it reaches 0.700", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0.95, true)]
    [InlineData(0.05, false)]
    public void A_task_that_is_measured_by_Matthews_is_done_where_its_interval_lies_above_0(double matthews, bool done)
    {
        var verdict = Verdict(Row("cloud", 0, 0, 0, 0, 0, 0) with
        {
            Accuracy = Mean(0.5, 0.4, 0.6),
            Metrics = new Dictionary<string, double> { ["matthews"] = matthews, ["accuracy"] = 0.5 },
        });
        var n = verdict.Depths.Runs[0].Gold.Count;
        Assert.Equal(
            Math.Tanh(Math.Atanh(matthews) - (1.959963984540054 / Math.Sqrt(n - 3))), verdict.Matthews!.Value.Interval.Lower, 1e-9);
        Assert.Equal(done ? ClassStanding.Beats : ClassStanding.NotShown, verdict.Class);
        Assert.Contains(
            done
                ? "does the task by its own measure: Matthews 0.950 ["
                : "By the task's own measure, Matthews, it reaches 0.050; always answering one class has 0.",
            VerdictWords.Of(verdict)[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_correlation_of_one_on_these_samples_is_none_of_one_on_all(double matthews)
    {
        var interval = Verdict(Row("cloud", 0, 0, 0, 0, 0, 0) with
        {
            Metrics = new Dictionary<string, double> { ["matthews"] = matthews, ["accuracy"] = 0.5 },
        }).Matthews!.Value.Interval;
        Assert.Equal(matthews, matthews > 0 ? interval.Upper : interval.Lower);
        Assert.InRange(interval.Upper - interval.Lower, 0.001, 0.1);
    }

    [Fact]
    public void A_single_tier_that_meets_the_headline_is_named_and_the_one_that_stands_best_before_the_one_that_saves_most()
    {
        var verdict = Verdict(
            Row("mobile", 0.78, 0.78, 0.78, 0.002, -0.01, 0.02), Row("edge", 0.444, 0.444, 0.444, -0.001, -0.004, 0.003),
            Row("pools", 0.3, 0.28, 0.32, 0.001, 0, 0.004));
        Assert.Equal(("edge", ClaimStanding.Shown), (verdict.Single!.Policy, verdict.SingleClaim));
        Assert.Equal(ClaimStanding.RuledOut, verdict.Claim);
        var words = VerdictWords.Of(verdict);
        Assert.Equal(
            "The paper's headline (at least 43 % saved at a drop of at most 0.5 points) is not met by pools, "
            + "too little is saved: 30.0 % [28.0, 32.0] saved at a drop of 0.1 [0.0, "
            + "0.4] points (mobile 34 %, edge 33 %, cloud 33 %); the intervals rule it out.", words[1]);
        Assert.Equal(
            "It needs no router: edge only meets it too, intervals included: "
            + "44.4 % [44.4, 44.4] saved at a drop of −0.1 [−0.4, 0.3] points.", words[2]);
    }

    [Fact]
    public void No_single_tier_that_meets_it_is_said_with_the_nearest()
    {
        var verdict = Verdict(Row("mobile", 0.78, 0.78, 0.78, 0.05, 0.02, 0.08), Row("edge", 0.40, 0.40, 0.40, 0, -0.01, 0.01));
        Assert.Contains(VerdictWords.Of(verdict), sentence =>
            sentence.StartsWith("No single tier meets it; nearest is mobile only", StringComparison.Ordinal));
    }

    [Fact]
    public void A_policy_that_could_not_be_planned_meets_nothing()
    {
        var seeds = s_made.Seeds with { Policies = [.. s_made.Seeds.Policies.Where(row => row.Policy != "pools")] };
        var verdict = new StudyVerdict(s_made with { Seeds = seeds }, 0.005);
        Assert.Equal((null, GainStanding.NoPlan), (verdict.Claim, verdict.Gain));
        Assert.Contains("in no seed could they be planned", VerdictWords.Of(verdict)[1], StringComparison.Ordinal);
        Assert.NotEmpty(StudyPages.Markdown(MadeStudy.Of(MadeStudy.Task("t", s_made with { Seeds = seeds }))));
    }

    [Fact]
    public void The_best_contender_can_be_served_and_stays_within_the_drop()
    {
        var verdict = Verdict(
            Row("pools", 0.3, 0.3, 0.3, 0.004, 0, 0.01), Row("cascade", 0.6, 0.6, 0.6, 0.005, 0, 0.01),
            Row("entropy", 0.7, 0.7, 0.7, 0.006, 0, 0.01), Row("splitee", 0.8, 0.8, 0.8, 0, 0, 0), Row("oracle", 0.9, 0.9, 0.9, 0, 0, 0));
        Assert.Equal("cascade", verdict.Best!.Policy);
        // Which contenders, and which drop: the tables beside it have others that save more.
        Assert.Contains(VerdictWords.Of(verdict), sentence => sentence.StartsWith(
            $"The best of {verdict.Contenders} contenders that tiers can serve at a drop "
            + $"of at most {Formatting.Points(verdict.Limit)} points, named after the fact",
            StringComparison.Ordinal));
        // Where pools lose more, so may the others.
        Assert.Equal("entropy", Verdict(Row("pools", 0.3, 0.3, 0.3, 0.01, 0, 0.02), Row(
            "cascade", 0.6, 0.6, 0.6, 0.005, 0, 0.01), Row("entropy", 0.7, 0.7, 0.7, 0.006, 0, 0.01)).Best!.Policy);
    }

    [Fact]
    public void One_seed_and_seeds_without_a_plan_are_told()
    {
        var one = MadeStudy.Depths(1, [2, 4, 6]);
        Assert.Contains(
            "One seed: the intervals are over samples alone, and say nothing of another training.",
            VerdictWords.Of(new StudyVerdict(one, 0.005)));
        Assert.DoesNotContain(
            VerdictWords.Of(new StudyVerdict(s_made, 0.005)), sentence => sentence.StartsWith("One seed", StringComparison.Ordinal));
        var lacking = Verdict(Row("pools", 0.3, 0.3, 0.3, 0, 0, 0) with { Planned = 1 });
        Assert.Contains(
            "In 1 of 2 seeds no plan of pools keeps the allowed drop on the selection part: there the cloud answers all.",
            VerdictWords.Of(lacking));
    }

    [Fact]
    public void A_drop_beyond_what_was_allowed_is_set_against_the_shift_of_the_parts()
    {
        var verdict = Verdict(Row("pools", 0.6, 0.6, 0.6, 0.02, 0.01, 0.03));
        Assert.Contains(
            "The plans of pools kept 0.5 points on the selection part and do not on dev: without labels, "
            + "the two parts are told apart in 1 of 2 seeds, so that what is chosen on the one need not hold on the other.",
            VerdictWords.Of(verdict));
    }

    [Fact]
    public void A_sweep_says_how_often_its_winner_breaks_the_promise_on_dev()
    {
        var study = MadeStudy.Depths(2, [2, 4, 6]);
        var drops = study.Sweeps.SelectMany(sweep =>
            sweep.Rows.SelectMany(row => row.Cells.Where(cell => cell.Policy == row.Winner).Select(cell => cell.Drop > 0.005))).ToArray();
        var table = StandingsTable.Of(MadeStudy.Task("made", study), study);
        Assert.Contains(
            $"on dev the winner itself drops more than that at {drops.Count(broken => broken)} of {drops.Length}.", table.Caption,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_routers_worth_is_the_accuracy_over_a_random_tier_at_its_shares()
    {
        var runs = s_made.Runs.Select(run => run with
        {
            Outcomes = [.. run.Outcomes.Select(outcome => outcome.Policy switch
            {
                "pools" => outcome with { Right = Right(90) },
                "random" => outcome with { Right = Right(60) },
                _ => outcome,
            })],
        }).ToArray();
        var verdict = new StudyVerdict(s_made with { Runs = runs }, 0.005);
        Assert.Equal(30 / 120.0, verdict.Worth!.Mean, 12);
        Assert.Contains(VerdictWords.Of(verdict), sentence =>
            sentence.EndsWith("so its choices are worth more than chance.", StringComparison.Ordinal));
        Assert.True(verdict.IsBetterThanChance);
        Assert.Null(new StudyVerdict(s_made with
        {
            Runs = [.. runs.Select(run => run with { Outcomes = [.. run.Outcomes.Where(outcome => outcome.Policy != "random")] })],
        }, 0.005).Worth);

        static bool[] Right(int count) => [.. Enumerable.Range(0, 120).Select(i => i < count)];
    }

    [Fact]
    public void The_summary_counts_only_where_the_model_does_the_task()
    {
        var met = Verdict(
            Row("cloud", 0, 0, 0, 0, 0, 0) with { Accuracy = Mean(0.8, 0.75, 0.85) },
            Row("pools", 0.5, 0.49, 0.51, 0, -0.002, 0.002) with { Beyond = Mean(0.06, 0.05, 0.07) },
            Row("edge", 0.444, 0.444, 0.444, 0, -0.002, 0.002),
            Row("ladder", 0.8, 0.79, 0.81, 0.02, 0.01, 0.03) with
            {
                StackedDrop = Mean(0.004, 0, 0.01),
                IsHeldToStackedCloud = true,
                Beyond = Mean(0.3, 0.2, 0.4),
                BeyondPhoneCloud = Mean(0.1, -0.1, 0.3),
            },
            Row("hybrid", 0.7, 0.69, 0.71, 0, 0, 0) with { StackedDrop = Mean(0, 0, 0) });
        var undone = Verdict(
            Row("cloud", 0, 0, 0, 0, 0, 0) with { Accuracy = Mean(0.5, 0.45, 0.55) },
            Row("pools", 0.5, 0.49, 0.51, 0, -0.002, 0.002) with { Beyond = Mean(0.06, 0.05, 0.07) });
        Assert.Equal(
            "Where the model is shown to do the task (1 of 2 cases, tasks by depths), "
            + "pools meet the paper's headline in 1, one tier alone in 1. "
            + "pools are shown to save beyond the best single tier in 1, and to choose better than chance at the same shares in 0. "
            + "The goal of ladder and hybrid, at least 75 % saved at a drop of at most 0.5 points against the stacked cloud by the mean: "
            + "met in 1 of 1 cases that the encoder does; shown to save beyond the best single tier, exit 0 alone and the stacked cloud "
            + "among them, in 1 and beyond phone → cloud in 0.",
            StudySummary.Verdict([met, undone]));
        Assert.Contains("In 1 of 2 cases the model is not shown to beat", StudySummary.Detail([met, undone]), StringComparison.Ordinal);
        Assert.Equal(
            "The model is not shown to do the task in any of 1 cases (tasks by depths): no saving there means anything.",
            StudySummary.Verdict([undone]));
        Assert.False(StudySummary.IsGain([met, undone]));
    }

    /// <summary>The made study with some rows set by hand.</summary>
    private static StudyVerdict Verdict(params SeedsRow[] rows) =>
        new(
            s_made with
            {
                Seeds = s_made.Seeds with
                {
                    Policies = [.. s_made.Seeds.Policies.Select(row => Array.Find(rows, other => other.Policy == row.Policy) ?? row)],
                },
            }, 0.005);

    private static SeedsRow Row(
        string policy, double saved, double savedLow, double savedHigh, double drop, double dropLow, double dropHigh) => new(
            policy, 2, Mean(0.8, 0.7, 0.9), new Dictionary<string, double> { ["f1"] = 0.7, ["accuracy"] = 0.8 },
            Mean(saved, savedLow, savedHigh), [saved, saved], Mean(drop, dropLow, dropHigh), [drop, drop], "edge", Mean(0, 0, 0),
            CostStructure.Default([2, 4, 6]).Tiers.ToDictionary(tier => tier.Name, _ => 1 / 3.0));

    private static SeedMean Mean(double mean, double low, double high) => new(mean, new Interval(low, high), 2, 120);
}

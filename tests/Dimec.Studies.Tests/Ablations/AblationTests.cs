using Dimec.Evaluation;
using Dimec.Planning;
using Dimec.Policies.Fitting;
using Dimec.Pools;
using Dimec.Predictions;
using Dimec.Studies.Ablations;

namespace Dimec.Studies.Tests.Ablations;

public class AblationTests
{
    private static readonly EvaluationOptions s_options = new() { BootstrapDraws = 500 };

    [Fact]
    public void Every_choice_of_every_switch_has_a_row_and_every_switch_its_default()
    {
        var table = Table(new AblatedTask());
        Assert.Equal(
            PlanSwitches.All.SelectMany(one => one.Choices(table.Costs, 4).Select(choice => (one.Option, choice.Name))),
            table.Rows.Select(row => (row.Switch, row.Choice)));
        Assert.All(PlanSwitches.All, one => Assert.Equal(
            one.Choices(table.Costs, 4)[0].Name, Assert.Single(table.Rows, row => row.Switch == one.Option && row.IsDefault).Choice));
        // One default for each policy; without exit 0 that of 'hybrid' cannot be had.
        var policies = PlanSwitches.All.ToDictionary(one => one.Option, one => one.Policy);
        var defaults = table.Rows.Where(row => row.IsDefault).GroupBy(row => policies[row.Switch], row => row.Figures).ToArray();
        Assert.Equal(["pools", "ladder", "hybrid"], defaults.Select(group => group.Key));
        Assert.All(defaults, group => Assert.Single(group.Distinct()));
        Assert.Equal([false, false, true], defaults.Select(group => group.First() is null));
    }

    [Fact]
    public void A_switch_that_changes_nothing_is_worth_exactly_nothing()
    {
        // All exits have the same dynamics, and the made map does not heed how they become metrics.
        var table = Table(new AblatedTask());
        var nothing = table.Rows
            .Where(row => (row.Figures is not null && row.IsDefault) || row.Switch is "--include-ci" or "--burn-out"
                || row is { Switch: "--exit", Choice: "2" or "4" })
            .ToArray();
        Assert.True(nothing.Length > PlanSwitches.All.Count + 2);
        Assert.All(nothing, row =>
        {
            Assert.Equal(default, row.Figures!.ReductionWorth);
            Assert.Equal(default, row.Figures.AccuracyWorth);
            Assert.Equal(0, row.Figures.AreaWorth);
            Assert.NotEqual(0, row.Figures.Reduction);
        });
    }

    [Theory]
    [InlineData("--reward", "correctness")]
    [InlineData("--hard", "low-confidence-and-variability")]
    [InlineData("--normalization", "unit-length")]
    [InlineData("--routing", "membership")]
    [InlineData("--no-temperatures", "on")]
    [InlineData("--no-stack", "on")]
    [InlineData("--resume", "off")]
    [InlineData("--score", "confidence")]
    [InlineData("--thresholds", "grid")]
    public void A_row_is_what_planning_and_evaluating_with_the_choice_come_to(string option, string choice)
    {
        var task = new AblatedTask();
        var before = task.Request();
        var options = option switch
        {
            "--reward" => before.Options with { Reward = RewardKind.Correctness },
            "--hard" => before.Options with { Hard = HardRule.LowConfidenceAndVariability },
            "--normalization" => before.Options with { Embedding = EmbeddingNormalization.UnitLength },
            "--no-stack" => before.Options with { Stack = false },
            "--resume" => before.Options with { Resume = ResumeRoute.Off },
            "--thresholds" => before.Options with { Thresholds = ThresholdSearch.Grid },
            "--score" => before.Options with { Score = ScoreKind.Confidence },
            "--routing" => before.Options with { Routing = SelectionRouting.Membership },
            _ => before.Options with { FitTemperatures = false },
        };
        var selection = ((IAblationSource)task).Selection(new MetricsChoice { Exit = 6 });
        var outcome = new Planner(before with { Options = options, SelectionMetrics = selection }).Plan(
            PlanSwitches.All.Single(one => one.Option == option).Policy);
        var expected =
            Evaluator.Evaluate([Assert.IsType<PlanOutcome.Planned>(outcome).Plan], task.Reported, before.Costs, s_options).Policies[0];
        var figures = Row(Table(task), option, choice).Figures!;
        Assert.Equal(expected.Reduction, figures.Reduction, 1e-12);
        Assert.Equal(expected.Accuracy, figures.Accuracy, 1e-12);
        Assert.Equal(expected.Drop, figures.Drop.Value, 1e-12);
    }

    [Fact]
    public void What_the_run_lacks_is_not_measured_and_says_why()
    {
        var table = Table(new AblatedTask { Lacks = choice => choice.IsOwn || choice.Options.IncludeCi });
        var own = Row(table, "--exit", "own");
        Assert.Equal((0, 0), (own.Measured, own.Planned));
        Assert.Null(own.Figures);
        Assert.Equal(["dynamics: are absent; record them."], own.Reasons);
        Assert.Null(Row(table, "--include-ci", "on").Figures);
        Assert.Equal(
            ["embeddings: of the kind token-norms are not recorded; train with them."], Row(table, "--embedding", "token-norms").Reasons);
        Assert.NotNull(Row(table, "--exit", "2").Figures);
    }

    [Fact]
    public void Where_no_plan_keeps_the_drop_the_cloud_answers_and_the_row_says_so()
    {
        var table = Table(new AblatedTask(), maxDrop: -1);
        Assert.All(table.Rows.Where(row => row.Measured > 0), row =>
        {
            Assert.Equal(0, row.Planned);
            Assert.Equal((0.0, 0.0), (row.Figures!.Reduction, row.Figures.Drop.Value));
            Assert.Equal(default, row.Figures.AccuracyWorth);
            var policy = PlanSwitches.All.Single(one => one.Option == row.Switch).Policy;
            Assert.Contains($"No setting of {policy} that was tried keeps the drop", Assert.Single(row.Reasons));
        });
    }

    [Fact]
    public void One_tier_for_all_is_one_plan_whatever_the_embeddings_are()
    {
        // At so large a drop each choice takes the mobile for all samples.
        var table = Table(new AblatedTask(), maxDrop: 1);
        Assert.All(table.Rows.Where(row => row.Measured > 0), row => Assert.Equal(7 / 9.0, row.Figures!.Reduction, 1e-12));
        Assert.NotEmpty(Row(table, "--entry", "map").Reasons);
        Assert.Equal(default, Row(table, "--normalization", "unit-length").Figures!.AccuracyWorth);
        Assert.Equal(default, Row(table, "--embedding", "sum").Figures!.AccuracyWorth);
    }

    [Fact]
    public void An_exit_that_knows_and_embeddings_that_do_not_show()
    {
        // The default is exit 6, whose dynamics are noise here; those of exit 2 tell which samples the mobile gets right.
        var blind = Row(Table(new AblatedTask(600, 3, knowing: 2)), "--exit", "2").Figures!;
        Assert.True(blind.AreaWorth > 0.03);
        Assert.True(blind.ReductionWorth.Interval.Lower > 0 || blind.AccuracyWorth.Interval.Lower > 0);
        var noise = Row(Table(new AblatedTask(600, 3)), "--embedding", "sum").Figures!;
        Assert.True(noise.AreaWorth < -0.02);
        Assert.True(noise.ReductionWorth.Interval.Upper < 0 || noise.AccuracyWorth.Interval.Upper < 0);
    }

    [Fact]
    public void The_source_is_not_asked_for_what_the_request_holds()
    {
        var task = new AblatedTask();
        Ablation.Run(task.Request(), task.Reported, task);
        Assert.DoesNotContain(new MetricsChoice { Exit = 6 }, task.Asked);
        Assert.Equal(5, task.Asked.Count);
    }

    [Fact]
    public void Other_samples_with_other_embeddings_are_not_compared()
    {
        var (task, other) = (new AblatedTask(), new AblatedTask(200));
        var run = Ablation.Run(task.Request(), task.Reported, new OtherEmbeddings(task, other));
        Assert.Contains("has other samples", run.Choices.Single(choice => choice.Choice == "sum").Reason);
    }

    [Fact]
    public void A_request_without_training_samples_is_refused()
    {
        var task = new AblatedTask();
        Assert.Contains(
            "fitted on the training samples",
            TextFiles.Error(() => Ablation.Run(task.Request() with { Training = null }, task.Reported, task)).Problem);
    }

    private static AblationTable Table(AblatedTask task, double maxDrop = 0.03) =>
        AblationTable.Of([Ablation.Run(task.Request(maxDrop), task.Reported, task)], s_options);

    private static AblationRow Row(AblationTable table, string option, string choice) =>
        table.Rows.Single(row => row.Switch == option && row.Choice == choice);

    private sealed class OtherEmbeddings(AblatedTask task, AblatedTask other) : IAblationSource
    {
        public int Epochs => 0;

        public PoolMetrics Training(MetricsChoice choice) => task.Training(choice);

        public PoolMetrics Selection(MetricsChoice choice) => ((IAblationSource)task).Selection(choice);

        public EmbeddedParts Embedded(EmbeddingKind kind) => other.Embedded(EmbeddingKind.Sum);
    }
}

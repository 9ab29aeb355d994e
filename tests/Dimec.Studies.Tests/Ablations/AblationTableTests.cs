using Dimec.Costs;
using Dimec.Evaluation;
using Dimec.Statistics;
using Dimec.Studies.Ablations;

namespace Dimec.Studies.Tests.Ablations;

public class AblationTableTests
{
    private static readonly CostStructure s_costs = CostStructure.Default([2, 4, 6]);

    [Fact]
    public void Figures_worked_by_hand()
    {
        // Costs 2, 5 and 9: the default pays 2 + 5 + 9 + 9 = 25 of 36, the other 2 + 2 + 5 + 9 = 18 and is wrong once more.
        var run = Run([0, 1, 2, 2], [true, true, true, false], [0, 0, 1, 2], [true, false, true, false], cloud: [true, true, true, false]);
        var table = AblationTable.Of([run], new EvaluationOptions());
        Assert.Equal(("dev", 4, 1), (table.Part, table.N, table.Seeds));
        var other = table.Rows[1];
        Assert.Equal((1, 1), (other.Measured, other.Planned));
        Assert.Equal(0.5, other.Figures!.Reduction, 1e-12);
        Assert.Equal(0.5, other.Figures.Accuracy);
        Assert.Equal(0.25, other.Figures.Drop.Value);
        Assert.Equal(7 / 36.0, other.Figures.ReductionWorth.Value, 1e-12);
        Assert.Equal(-0.25, other.Figures.AccuracyWorth.Value);
        Assert.Equal(-0.1, other.Figures.AreaWorth, 1e-12);
        // One of four differs, which is below ten: the bounds are exact.
        Assert.Equal(
            new Interval(-Binomial.UpperBound(1, 4, 0.025), Binomial.UpperBound(0, 4, 0.025)), other.Figures.AccuracyWorth.Interval);
    }

    [Fact]
    public void Swapped_sides_change_the_sign()
    {
        var random = new Random(7);
        int[] Tiers() => [.. Enumerable.Range(0, 400).Select(_ => random.Next(3))];
        bool[] Right(double share) => [.. Enumerable.Range(0, 400).Select(_ => random.NextDouble() < share)];
        var (a, rightA, b, rightB, cloud) = (Tiers(), Right(0.7), Tiers(), Right(0.8), Right(0.85));
        var one = AblationTable.Of([Run(a, rightA, b, rightB, cloud)], new EvaluationOptions()).Rows[1].Figures!;
        var other = AblationTable.Of([Run(b, rightB, a, rightA, cloud)], new EvaluationOptions()).Rows[1].Figures!;
        Assert.Equal(one.ReductionWorth.Value, -other.ReductionWorth.Value, 1e-12);
        Assert.Equal(one.ReductionWorth.Interval.Lower, -other.ReductionWorth.Interval.Upper, 1e-12);
        Assert.Equal(one.AccuracyWorth.Value, -other.AccuracyWorth.Value, 1e-12);
        Assert.Equal(one.AccuracyWorth.Interval.Lower, -other.AccuracyWorth.Interval.Upper, 1e-12);
    }

    [Fact]
    public void Over_seeds_figures_are_means_and_seeds_that_disagree_widen_the_intervals()
    {
        // The alternative takes the mobile for a share of the samples; the same in every seed, or all in one of three.
        AblationRun Seed(int cheaper) => Run(
            [.. Enumerable.Repeat(2, 300)], [.. Enumerable.Repeat(true, 300)],
            [.. Enumerable.Range(0, 300).Select(i => i < cheaper ? 0 : 2)], [.. Enumerable.Range(0, 300).Select(i => i >= cheaper)],
            [.. Enumerable.Repeat(true, 300)]);
        var even = AblationTable.Of([Seed(30), Seed(30), Seed(30)], new EvaluationOptions()).Rows[1];
        var uneven = AblationTable.Of([Seed(0), Seed(0), Seed(90)], new EvaluationOptions()).Rows[1];
        Assert.Equal(3, even.Measured);
        foreach (var figures in new[] { even.Figures!, uneven.Figures! })
        {
            Assert.Equal(0.1 * 7 / 9, figures.ReductionWorth.Value, 1e-12);
            Assert.Equal(-0.1, figures.AccuracyWorth.Value, 1e-12);
            Assert.Equal(0.9, figures.Accuracy, 1e-12);
        }

        Assert.True(Width(uneven.Figures!.ReductionWorth) > 2 * Width(even.Figures!.ReductionWorth));
        Assert.True(Width(uneven.Figures.AccuracyWorth) > 2 * Width(even.Figures.AccuracyWorth));
    }

    [Fact]
    public void A_seed_in_which_a_choice_was_not_measured_is_left_out_of_its_row_alone()
    {
        var run = Run([0, 1], [true, true], [0, 0], [true, false], [true, true]);
        var lacking = run with { Choices = [run.Choices[0], run.Choices[1] with { Answers = null, Reason = "There are none." }] };
        var table = AblationTable.Of([run, lacking], new EvaluationOptions());
        Assert.Equal((2, 2), (table.Rows[0].Measured, table.Rows[0].Planned));
        Assert.Equal((1, 1), (table.Rows[1].Measured, table.Rows[1].Planned));
        Assert.Equal(["There are none."], table.Rows[1].Reasons);
        Assert.Equal(0.5, table.Rows[1].Figures!.Accuracy);
    }

    [Fact]
    public void Runs_that_do_not_belong_together_are_refused()
    {
        var run = Run([0, 1], [true, true], [0, 0], [true, false], [true, true]);
        var errors = TextFiles.Errors(() => AblationTable.Of(
            [run, run with { Samples = "other", MaxDrop = 0.01, Costs = s_costs.WithoutOffload()! }], new EvaluationOptions()));
        Assert.Equal(
            ["are of other samples, or in another order", "are at other costs", "were allowed drops of 0.005 and 0.01"],
            errors.Select(error => error.Problem));
    }

    [Fact]
    public void Runs_and_tables_read_back_as_they_were()
    {
        var task = new AblatedTask { Lacks = choice => choice.IsOwn };
        var run = Ablation.Run(task.Request(), task.Reported, task);
        var text = TextFiles.Written(run.Write);
        var read = AblationRun.Read(TextFiles.Stream(text), "ablation.json");
        Assert.Equal(text, TextFiles.Written(read.Write));
        var table = AblationTable.Of([run], new EvaluationOptions { BootstrapDraws = 200 });
        var tableText = TextFiles.Written(table.Write);
        Assert.Equal(tableText, TextFiles.Written(AblationTable.Of([read], new EvaluationOptions { BootstrapDraws = 200 }).Write));
        Assert.Equal(tableText, TextFiles.Written(AblationTable.Read(TextFiles.Stream(tableText), "table.json").Write));
        Assert.Equal(
            table.Rows.Select(row => row.Figures),
            AblationTable.Read(TextFiles.Stream(tableText), "table.json").Rows.Select(row => row.Figures));
    }

    [Theory]
    [InlineData("\"costs\": \"2,", "\"costs\": \"-2,", "choices[0].answers.costs", "is not 4 costs with commas between")]
    [InlineData("\"costs\": \"2,", "\"costs\": \"", "choices[0].answers.costs", "is not 4 costs with commas between")]
    [InlineData("\"right\": \"1,", "\"right\": \"", "choices[0].answers.right", "is not 4 whole numbers below 2 with commas between")]
    [InlineData("\"gold\": \"0", "\"gold\": \"x", "gold", "is not whole numbers with commas between")]
    [InlineData("\"default\": true", "\"default\": false", "choices", "hold no measured default")]
    public void A_file_that_is_not_one_is_refused(string before, string after, string where, string problem)
    {
        var text = TextFiles.Written(
            Run([0, 1, 2, 2], [true, true, true, false], [0, 0, 1, 2], [true, false, true, false], [true, true, true, false]).Write);
        var place = text.IndexOf(before, StringComparison.Ordinal);
        var wrong = text[..place] + after + text[(place + before.Length)..];
        Assert.Contains(TextFiles.Errors(() => AblationRun.Read(TextFiles.Stream(wrong), "a.json")), error =>
            (error.Where, error.Problem) == ($"a.json {where}", problem));
    }

    private static double Width(Estimate estimate) => estimate.Interval.Upper - estimate.Interval.Lower;

    private static AblationRun Run(int[] tiers, bool[] right, int[] otherTiers, bool[] otherRight, bool[] cloud) => new(
        "dev", "hash", s_costs, 0.005, [.. tiers.Select((_, i) => i % 2)], cloud,
        [
            new MeasuredChoice("--reward", "confidence", true, new SampleAnswers([.. tiers.Select(s_costs.Of)], right, 0.8, true), null),
            new MeasuredChoice(
                "--reward", "correctness", false, new SampleAnswers([.. otherTiers.Select(s_costs.Of)], otherRight, 0.7, false), null),
        ]);
}

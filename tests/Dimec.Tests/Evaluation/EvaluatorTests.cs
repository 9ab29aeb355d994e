using CsCheck;
using Dimec.Costs;
using Dimec.Evaluation;
using Dimec.Planning;
using Dimec.Predictions;
using Dimec.Statistics;

namespace Dimec.Tests.Evaluation;

public class EvaluatorTests
{
    private static readonly CostStructure s_costs = CostStructure.Default([2, 4, 6]);

    private static readonly RecordedExits s_dev = RandomExits.Worked(
        "dev",
        (0, [(true, 0.9), (true, 0.9), (true, 0.9)]),
        (1, [(false, 0.6), (true, 0.9), (true, 0.9)]),
        (0, [(false, 0.6), (false, 0.6), (true, 0.9)]),
        (1, [(false, 0.9), (false, 0.6), (false, 0.9)]));

    [Fact]
    public void Rows_worked_by_hand()
    {
        var document = Evaluator.Evaluate(Plans(), s_dev, s_costs, new EvaluationOptions { Task = "cola" });
        Assert.Equal(("dev", 4), (document.Part, document.N));
        var rows = document.Policies.ToDictionary(row => row.Name);
        Assert.Equal((0.75, 9.0, 0.0, 0.0), Figures(rows["cloud"]));
        Assert.Equal((0.5, 5.0, 4 / 9.0, 0.25), Figures(rows["edge"]));
        Assert.Equal((0.25, 2.0, 7 / 9.0, 0.5), Figures(rows["mobile"]));
        Assert.Equal((0.75, 4.5, 0.5, 0.0), Figures(rows["oracle"]));
        Assert.Equal("matthews", rows["edge"].Metrics.Keys.First());
        Assert.Equal(-Binomial.UpperBound(0, 4, 0.025), rows["edge"].DropInterval.Lower);
        Assert.Equal(Binomial.UpperBound(1, 4, 0.025), rows["edge"].DropInterval.Upper);
        Assert.Equal(1, rows["edge"].Shares["edge"]);
        Assert.Equal(new Interval(0, 0), rows["cloud"].DropInterval);
    }

    [Fact]
    public void A_document_reads_back_as_it_was()
    {
        var document = Evaluator.Evaluate(Plans(), s_dev, s_costs, new EvaluationOptions()) with
        {
            NotPossible = [new("pools", "There are no embeddings.")],
        };
        var text = TextFiles.Written(document.Write);
        Assert.Equal(text, TextFiles.Written(EvaluationDocument.Read(TextFiles.Stream(text), "evaluation.json").Write));
        Assert.Equal(document.NotPossible, EvaluationDocument.Read(TextFiles.Stream(text), "evaluation.json").NotPossible);
        var before = text.Replace("\"notPossible\"", "\"notPossible\": null, \"x\"", StringComparison.Ordinal);
        Assert.Equal(
            "evaluation.json x", TextFiles.Error(() => EvaluationDocument.Read(TextFiles.Stream(before), "evaluation.json")).Where);
        var wrong = text.Replace("\"accuracyInterval\": [", "\"accuracyInterval\": [1, ", StringComparison.Ordinal);
        Assert.Equal(
            "evaluation.json policies[0].accuracyInterval",
            TextFiles.Errors(() => EvaluationDocument.Read(TextFiles.Stream(wrong), "evaluation.json"))[0].Where);
    }

    [Fact]
    public void Long_parameters_stay_out_of_the_table() => Gen.Select(RandomExits.Gen(), RandomExits.Map()).Sample((part, map) =>
    {
        var plans = new Planner(new PlanRequest
        {
            Selection = new SelectionPart(part),
            Costs = s_costs,
            Training = map,
            Options = new PlanningOptions { MaxDrop = 1 },
        })
            .PlanAll().OfType<PlanOutcome.Planned>().Select(outcome => outcome.Plan).ToArray();
        var row = Evaluator.Evaluate(plans, part, s_costs, new EvaluationOptions()).Policies.Single(row => row.Name == "pools");
        Assert.False(row.Parameters.TryGetProperty("centroids", out _));
        Assert.True(row.Parameters.TryGetProperty("alpha", out _));
        Assert.Equal(plans.Single(plan => plan.Policy == "pools").Expected.Cost, row.Cost);
    }, iter: 5);

    [Fact]
    public void One_tier_for_all_costs_exactly_its_own_however_many_samples() =>
        Gen.Select(RandomExits.Gen("dev", most: 200), Gen.Double[0.001, 10]).Sample((part, layer) =>
        {
            var costs = new CostStructure("ms", [new("mobile", 2, 0.1, 0), new("edge", 4, 0.1, 0.3), new("cloud", 6, layer, 0.7)], []);
            var rows =
                Evaluator.Evaluate([.. Plans().Select(plan => plan with { Costs = costs })], part, costs, new EvaluationOptions()).Policies;
            Assert.Equal((costs.Cloud, 0.0), (rows[0].Cost, rows[0].Reduction));
            Assert.Equal(costs.Of(1), rows[1].Cost);
        }, iter: 50);

    [Theory]
    [InlineData(0, "has no embeddings where the plan's centroids have 4")]
    [InlineData(5, "has embeddings of 5 numbers where the plan's centroids have 4")]
    public void A_part_whose_embeddings_are_not_the_plan_s_is_refused_by_name(int size, string problem)
    {
        var selection = RandomExits.Gen().Single();
        var planned = new Planner(new PlanRequest
        {
            Selection = new SelectionPart(selection),
            Costs = s_costs,
            Training = RandomExits.Map().Single(),
            Options = new PlanningOptions { MaxDrop = 1 },
        }).Plan("pools");
        var error = TextFiles.Error(() => Evaluator.Evaluate(
            [Assert.IsType<PlanOutcome.Planned>(planned).Plan], RandomExits.Gen("dev", embedding: size).Single(), s_costs,
            new EvaluationOptions()));
        Assert.Equal(("predictions/dev.jsonl", problem), (error.Where, error.Problem));
    }

    [Fact]
    public void Units_are_not_mixed_and_tiers_must_be_the_plans()
    {
        var ms = new CostStructure("ms", s_costs.Tiers, []);
        Assert.Contains(
            "different units (layers, ms)",
            TextFiles.Error(() => Evaluator.Evaluate(Plans(), s_dev, [s_costs, ms], new EvaluationOptions())).Problem);
        Assert.Equal(
            "costs tiers",
            TextFiles.Error(() => Evaluator.Evaluate(Plans(), s_dev, CostStructure.Default([2, 6]), new EvaluationOptions())).Where);
        Assert.Equal(2, Evaluator.Evaluate(Plans(), s_dev, [s_costs, s_costs.WithoutOffload()!], new EvaluationOptions()).Count);
    }

    [Fact]
    public void Samples_without_a_class_and_too_few_draws_are_refused()
    {
        var unknown = RecordedExits.Read(
            TextFiles.Stream("""{"guid":"a","gold":null,"logits":{"2":[1,2],"4":[1,2],"6":[1,2]}}"""), "dev", "dev.jsonl");
        Assert.Contains(
            "without a gold class", TextFiles.Error(() => Evaluator.Evaluate(Plans(), unknown, s_costs, new EvaluationOptions())).Problem);
        Assert.Equal(
            "BootstrapDraws",
            TextFiles.Error(() => Evaluator.Evaluate(Plans(), s_dev, s_costs, new EvaluationOptions { BootstrapDraws = 1 })).Where);
    }

    private static (double, double, double, double) Figures(PolicyEvaluation row) => (row.Accuracy, row.Cost, row.Reduction, row.Drop);

    private static Plan[] Plans()
    {
        var selection = RandomExits.Worked("selection", (0, [(true, 0.9), (true, 0.9), (true, 0.9)]));
        var outcomes = new Planner(new PlanRequest { Selection = new SelectionPart(selection), Costs = s_costs }).PlanAll();
        return [.. outcomes.OfType<PlanOutcome.Planned>().Select(outcome => outcome.Plan)];
    }
}

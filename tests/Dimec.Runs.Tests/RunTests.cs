using Dimec.Evaluation;
using Dimec.Files;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Policies.Fitting;
using Dimec.Runs.Evaluations;
using Dimec.Runs.Plans;
using OwnPolicy;

namespace Dimec.Runs.Tests;

/// <summary>A run in a program: opened once, then mapped, planned on and evaluated.</summary>
public sealed class RunTests : IDisposable
{
    private static readonly PlanChoices s_anyDrop = PlanChoices.Default with { Options = new PlanningOptions { MaxDrop = 1 } };
    private readonly PredictedRun _made = new();

    public void Dispose() => _made.Dispose();

    [Fact]
    public void It_is_mapped_planned_on_and_evaluated_and_writes_what_it_says()
    {
        var run = Run.Open(_made.Path);
        Assert.Equal(80, run.Map().Samples);
        Assert.Equal(80, run.Metrics().Count);
        Assert.True(File.Exists(run.Folder.Metrics));

        Assert.True(run.Plan("pools", choices: s_anyDrop).TryGet(out var plan, out var reason));
        Assert.Null(reason);
        Assert.Contains("predictions/selection.jsonl", plan.MadeFrom.Keys);
        var evaluation = run.Evaluate(plan);
        Assert.Equal(run.Folder.Evaluation, evaluation.Write());
        Assert.Empty(evaluation.Changed);
        Assert.Equal(80, evaluation.Document.N);
        Assert.NotNull(evaluation.Find("pools"));
    }

    [Fact]
    public void Where_no_plan_is_possible_it_says_why()
    {
        var choices = PlanChoices.Default with { Options = new PlanningOptions { MaxDrop = 0 } };
        Assert.False(Run.Open(_made.Path).Plan("mobile", choices: choices).TryGet(out var plan, out var reason));
        Assert.Null(plan);
        Assert.NotEmpty(reason);
    }

    [Fact]
    public void What_is_no_folder_is_no_run() => Assert.Contains(
        "is no folder", Assert.Throws<InputException>(() => Run.Open(_made.File("nowhere"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Everything_that_is_wrong_with_an_evaluation_is_said_at_once()
    {
        var wrong = Assert.Throws<InputException>(() => Run.Open(_made.Path).Evaluate(
            settings: new EvaluationSettings { Part = "selection", Costs = _made.File("none.json"), Halvings = 0 }));
        Assert.Equal(["Halvings", "Part selection", _made.File("none.json")], wrong.Errors.Select(error => error.Where));
    }

    [Fact]
    public void A_policy_of_ones_own_is_planned_evaluated_and_read_where_the_run_is_opened_with_it()
    {
        var policies = FitterList.Default.With(new MarginFitter());
        var run = Run.Open(_made.Path, policies);
        Assert.True(run.Plan("margin", choices: s_anyDrop).TryGet(out var plan, out _));

        var evaluation = run.Evaluate(plan, new EvaluationSettings { Halvings = 1 });
        Assert.Contains(evaluation.CrossFitted!.Policies, row => row.Name == "margin");
        Assert.All(evaluation.AtCosts, at => Assert.Contains(at.Document.Policies, row => row.Name == "margin"));
        Assert.Equal(PolicyKind.Contender, evaluation.Document.KindOf(evaluation.Find("margin")!));

        using var stream = File.OpenRead(evaluation.Write());
        var read = EvaluationDocument.Read(stream, "evaluation.json", policies.Policies);
        Assert.Equal(PolicyKind.Contender, read.KindOf(read.Policies.Single(row => row.Name == "margin")));
        Assert.Contains(
            "'margin' is no policy", Assert.Throws<InputException>(() => Run.Open(_made.Path).Plan("margin")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void No_tier_has_the_name_of_a_policy_that_the_run_is_opened_with()
    {
        var costs = _made.File("costs.json");
        Assert.True(Run.Open(_made.Path).Plan("cloud", choices: s_anyDrop).TryGet(out var plan, out _));
        AtomicFile.Write(costs, plan.Costs.Write);
        File.WriteAllText(costs, File.ReadAllText(costs).Replace("\"edge\"", "\"margin\"", StringComparison.Ordinal));
        Assert.True(Run.Open(_made.Path).Plan("margin", costs, s_anyDrop).TryGet(out _, out _));
        Assert.Contains(
            "is the name of a policy",
            Assert.Throws<InputException>(() =>
                Run.Open(_made.Path, FitterList.Default.With(new MarginFitter())).Plan("cloud", costs, s_anyDrop)).Message,
            StringComparison.Ordinal);
    }
}

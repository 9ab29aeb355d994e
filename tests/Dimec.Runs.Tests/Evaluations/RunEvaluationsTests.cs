using Dimec.Evaluation.Tallies;
using Dimec.Files;
using Dimec.Planning;
using Dimec.Runs.Evaluations;
using Dimec.Runs.Plans;

namespace Dimec.Runs.Tests.Evaluations;

/// <summary>All that one call evaluates: what was asked for and nothing else, each in its file.</summary>
public sealed class RunEvaluationsTests : IDisposable
{
    private readonly PredictedRun _made = new();

    public void Dispose() => _made.Dispose();

    [Fact]
    public void Each_evaluation_that_is_asked_for_has_its_file()
    {
        var evaluations = Run.Open(_made.Path).Evaluate(
            settings: new EvaluationSettings { Part = "train", Halvings = 1, Tally = PublishedTally.Splitee });
        Assert.Equal(2, evaluations.AtCosts.Count);
        Assert.Equal("train", evaluations.Document.Part);
        evaluations.Write(_made.File("out"));
        Assert.Equal(
            ["evaluation-cross-fit.json", "evaluation-no-offload.json", "evaluation-tally-splitee.json", "evaluation.json"],
            Directory.GetFiles(_made.File("out")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_file_of_an_earlier_call_goes_where_this_one_has_no_such_evaluation()
    {
        var run = Run.Open(_made.Path);
        var evaluations = run.Evaluate();
        Assert.Null(evaluations.CrossFitted);
        Assert.Null(evaluations.Tallied);
        evaluations.Write();
        Assert.True(File.Exists(run.Folder.EvaluationWithoutOffload));

        var costs = _made.File("costs.json");
        AtomicFile.Write(costs, evaluations.Inputs.Request.Costs.WithoutOffload()!.Write);
        var free = run.Evaluate(settings: new EvaluationSettings { Costs = costs });
        Assert.Single(free.AtCosts);
        free.Write();
        Assert.False(File.Exists(run.Folder.EvaluationWithoutOffload));
    }

    [Fact]
    public void What_could_not_be_planned_has_no_row_but_a_reason()
    {
        Directory.Delete(Path.Combine(_made.Path, "dynamics"), recursive: true);
        var evaluations = Run.Open(_made.Path).Evaluate();
        Assert.Null(evaluations.Find("pools"));
        Assert.Contains(evaluations.Document.NotPossible, policy => policy.Name == "pools");
    }

    [Fact]
    public void Files_that_changed_since_the_plan_are_named()
    {
        var run = Run.Open(_made.Path);
        var choices = PlanChoices.Default with { Options = new PlanningOptions { MaxDrop = 1 } };
        Assert.True(run.Plan("cascade", choices: choices).TryGet(out var plan, out _));
        var selection = run.Folder.Predictions("selection");
        File.WriteAllText(selection, File.ReadAllText(selection) + "\n");
        Assert.Equal(["predictions/selection.jsonl"], run.Evaluate(plan).Changed);
    }
}

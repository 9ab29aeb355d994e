using System.CommandLine;
using Dimec.Cli.Output;
using Dimec.Evaluation;
using Dimec.Evaluation.CrossFitting;
using Dimec.Evaluation.Parts;
using Dimec.Evaluation.Tallies;
using Dimec.Files;
using Dimec.Planning;
using Dimec.Runs.Evaluations;
using Dimec.Runs.Plans;
using Dimec.Runs.Records;

namespace Dimec.Cli.Commands;

/// <summary><c>dimec evaluate</c>: every policy at every cost structure, chosen on selection and reported on dev.</summary>
internal sealed class EvaluateCommand(CommandContext context) : ICliCommand
{
    private readonly Argument<string> _run = new("RUN") { Description = "The folder that 'dimec train' wrote, or one with predictions of another training." };
    private readonly Option<string?> _plan = new("--plan") { Description = "A plan that is evaluated as it stands; the other policies are planned here, with its choices where it is one of pools." };
    private readonly Option<string?> _costs = new("--costs") { Description = "A cost file (default: the plan's, otherwise λ = 1, offloading L/6 and L/2 layers)." };
    private readonly PlanOptions _choices = new();
    private readonly Option<string> _part = new("--part") { Description = $"The part that is reported: {string.Join(", ", EvaluationInputs.Parts)}.", DefaultValueFactory = _ => "dev" };
    private readonly Option<int?> _crossFit = new("--cross-fit") { Description = $"Cross-fit as well: plan on one half of the reported part and read on the other, both ways, over this many random halvings, 1 to 1000 (usually {CrossFit.UsualHalvings})." };
    private readonly Option<string?> _tally = ChoiceOption.Create<PublishedTally>("--tally", "A published tally, in which not all work is charged, in a table of its own beside the others");
    private readonly Option<string?> _out = new("--out") { Description = "Where evaluation.json goes (default: into RUN)." };
    private readonly Option<bool> _json = new("--json") { Description = "Print the evaluation as JSON." };

    public Command Build()
    {
        var command = new Command("evaluate", "Evaluates every policy on the reported part, with intervals.") { _run, _plan, _costs };
        _choices.AddTo(command);
        foreach (var option in new Option[] { _part, _crossFit, _tally, _out, _json })
            command.Add(option);
        command.SetAction((parsed, stop) => Task.Run(() => Run(parsed, stop), CancellationToken.None));
        return command;
    }

    /// <summary>The file of the evaluation at a cost structure: the first is the one that was asked for, the second has offloading for nothing.</summary>
    internal static string FileOf(string folder, int structure) => Path.Combine(folder, structure == 0 ? "evaluation.json" : "evaluation-no-offload.json");

    /// <summary>The file of the cross-fitted evaluation.</summary>
    private static string CrossFitFileOf(string folder) => Path.Combine(folder, "evaluation-cross-fit.json");

    private static string TallyFileOf(string folder) => Path.Combine(folder, "evaluation-tally-splitee.json");

    private int Run(ParseResult parsed, CancellationToken stop)
    {
        var tally = PublishedTally.None;
        var inputs = EvaluationInputs.Read(
            parsed.GetRequiredValue(_run), parsed.GetValue(_plan), parsed.GetValue(_costs), parsed.GetRequiredValue(_part), (plan, errors) =>
            {
                if (parsed.GetValue(_crossFit) is { } halvings and (< 1 or > 1000))
                    errors.Add("--cross-fit", $"is {halvings}", "give 1 to 1000 halvings");
                tally = ChoiceOption.Value(parsed, _tally, PublishedTally.None, errors);
                return _choices.Of(parsed, plan, errors);
            });
        var output = parsed.GetValue(_out) ?? inputs.Run.Path;
        var evaluations = RunEvaluation.AtAllCosts(new Planner(inputs.Request), inputs.Reported, RunSummary.Of(inputs.Run).Task);
        for (var i = 0; i < evaluations.Count; i++)
            AtomicFile.Write(FileOf(output, i), evaluations[i].Document.Write);
        // What an earlier call wrote there is of other costs.
        if (evaluations.Count == 1)
            AtomicFile.Delete(FileOf(output, 1));
        var fitted = parsed.GetValue(_crossFit) is { } times ? CrossFit.Run(inputs.Request, inputs.Reported, new EvaluationOptions(), times, stop) : null;
        if (fitted is not null)
            AtomicFile.Write(CrossFitFileOf(output), fitted.Write);
        var tallied = tally == PublishedTally.Splitee ? TallyDocument.SplitEe(inputs.Request.Selection, inputs.Reported) : null;
        if (tallied is not null)
            AtomicFile.Write(TallyFileOf(output), tallied.Write);
        // A plan may well be tried on another run; its expectation is then of another one.
        if (inputs.Request.Given is { } given && PlanOrigin.Of(given, inputs.Run).Changed is { Count: > 0 } changed)
            context.Console.WriteWarning($"{parsed.GetValue(_plan)} was made from another run's files ({string.Join(", ", changed)}); what it expects is of that run.");
        if (parsed.GetValue(_json))
        {
            foreach (var note in evaluations[0].Document.Notes)
                context.Console.WriteWarning($"warning: {note}");
            context.Console.WriteJson(File.ReadAllText(FileOf(output, 0)));
            return ExitCodes.Done;
        }

        foreach (var note in evaluations[0].Document.Notes)
            context.Console.WriteNote($"Warning: {note}");
        foreach (var evaluation in evaluations)
            EvaluationTable.Write(context.Console, evaluation);
        if (evaluations is [{ Document.Costs: var costs }] && costs.WithoutOffload() is null)
            context.Console.WriteNote($"There is no table at o = 0: without offloading the {costs.Tiers[^1].Name} costs nothing, so there is nothing to measure savings against.");
        if (fitted is not null)
            CrossFitTable.Write(context.Console, fitted, EnergyDistanceTest.Measure(inputs.Request.Selection.Exits, inputs.Reported, seed: 0));
        if (tallied is not null)
            TallyTable.Write(context.Console, tallied);
        context.Console.WriteLine($"The evaluation is in {FileOf(output, 0)}.");
        return ExitCodes.Done;
    }
}

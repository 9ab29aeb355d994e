using System.CommandLine;
using Dimec.Cli.Output;
using Dimec.Evaluation.CrossFitting;
using Dimec.Evaluation.Tallies;
using Dimec.Predictions;
using Dimec.Runs.Evaluations;

namespace Dimec.Cli.Commands;

/// <summary><c>dimec evaluate</c>: every policy at every cost structure, chosen on selection and reported on dev.</summary>
internal sealed class EvaluateCommand : ICliCommand
{
    private readonly CommandContext _context;

    private readonly Argument<string> _run = new("RUN")
    {
        Description = "The folder that 'dimec train' wrote, or one with predictions of another training; or a router's table (.csv, .tsv, "
            + ".jsonl).",
    };

    private readonly Option<string?> _plan = new("--plan")
    {
        Description =
            "A plan that is evaluated as it stands; the other policies are planned here, with its choices where it is one of pools.",
    };

    private readonly Option<string?> _costs = new("--costs")
    {
        Description = "A cost file (default: the plan's, otherwise λ = 1, offloading L/6 and L/2 layers).",
    };

    private readonly PlanOptions _choices = new();
    private readonly Option<string> _part = new("--part")
    {
        Description = $"The part that is reported: {string.Join(", ", EvaluationInputs.Parts)}.",
        DefaultValueFactory = _ => PartNames.Dev,
    };

    private readonly Option<int?> _crossFit = new("--cross-fit")
    {
        Description = "Cross-fit as well: plan on one half of the reported part and read on the other, "
            + $"both ways, over this many random halvings, 1 to 1000 (usually {CrossFit.UsualHalvings}).",
    };

    private readonly Option<string?> _tally = ChoiceOption.Create<PublishedTally>(
        "--tally", "A published tally, in which not all work is charged, in a table of its own beside the others");

    private readonly Option<string?> _out = new("--out")
    {
        Description = "Where evaluation.json goes (default: into RUN); of a table the file itself (default: none).",
    };


    private readonly Option<bool> _json = new("--json") { Description = "Print the evaluation as JSON." };

    private readonly TableCall _table;

    public EvaluateCommand(CommandContext context) => (_context, _table) = (context, new TableCall(_run));

    public Command Build()
    {
        var command = new Command("evaluate", "Evaluates every policy on the reported part, with intervals.") { _run, _plan, _costs };
        _choices.AddTo(command);
        foreach (var option in new Option[] { _part, _crossFit, _tally, _table.Option, _out, _json })
            command.Add(option);
        _table.Check(command, [_plan, _part, _out, _json]);
        command.SetAction((parsed, stop) => Task.Run(
            () => _table.Table(parsed) is { } table ? Run(parsed, table) : Run(parsed, stop), CancellationToken.None));
        return command;
    }

    private int Run(ParseResult parsed, string table)
    {
        var errors = new InputErrors();
        var higher = _table.Higher(parsed, errors);
        errors.ThrowIfAny();
        return new TableEvaluation(_context).Run(
            table, parsed.GetRequiredValue(_part), higher, parsed.GetValue(_plan), parsed.GetValue(_out), parsed.GetValue(_json));
    }

    private int Run(ParseResult parsed, CancellationToken stop)
    {
        var tally = PublishedTally.None;
        var inputs = EvaluationInputs.Read(
            parsed.GetRequiredValue(_run), parsed.GetValue(_plan), parsed.GetValue(_costs), parsed.GetRequiredValue(_part),
            (plan, errors) =>
            {
                new EvaluationSettings { Halvings = parsed.GetValue(_crossFit) }.Validate(errors);
                tally = ChoiceOption.Value(parsed, _tally, PublishedTally.None, errors);
                return _choices.Of(parsed, plan, errors);
            });
        var evaluations = RunEvaluations.Of(inputs, parsed.GetValue(_crossFit), tally, stop);
        var file = evaluations.Write(parsed.GetValue(_out));
        // A plan may well be tried on another run; its expectation is then of another one.
        if (evaluations.Changed is { Count: > 0 } changed)
        {
            _context.Console.WriteWarning(
                $"{parsed.GetValue(_plan)} was made from another run's files "
                + $"({string.Join(", ", changed)}); what it expects is of that run.");
        }

        if (parsed.GetValue(_json))
        {
            foreach (var note in evaluations.Document.Notes)
                _context.Console.WriteWarning($"warning: {note}");
            _context.Console.WriteJson(File.ReadAllText(file));
            return ExitCodes.Done;
        }

        Print(evaluations);
        _context.Console.WriteLine($"The evaluation is in {file}.");
        return ExitCodes.Done;
    }

    private void Print(RunEvaluations evaluations)
    {
        var document = evaluations.Document;
        foreach (var note in document.Notes)
            _context.Console.WriteNote($"Warning: {note}");
        foreach (var evaluation in evaluations.AtCosts)
            EvaluationTable.Write(_context.Console, evaluation);
        if (evaluations.AtCosts.Count == 1 && document.Costs.WithoutOffload() is null)
        {
            _context.Console.WriteNote(
                $"There is no table at o = 0: without offloading the {document.Costs.Tiers[^1].Name} "
                + "costs nothing, so there is nothing to measure savings against.");
        }

        if (evaluations.CrossFitted is { } fitted)
        {
            CrossFitTable.Write(_context.Console, fitted, evaluations.AtCosts[0].Shift);
        }

        if (evaluations.Tallied is { } tallied)
            TallyTable.Write(_context.Console, tallied);
    }
}

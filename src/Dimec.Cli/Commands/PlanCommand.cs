using System.CommandLine;
using Dimec.Cli.Output;
using Dimec.Files;
using Dimec.Planning;
using Dimec.Planning.Depths;
using Dimec.Planning.Promises;
using Dimec.Runs;
using Dimec.Runs.Plans;

namespace Dimec.Cli.Commands;

/// <summary><c>dimec plan</c>: the cheapest point of a policy that keeps the drop small, chosen on the selection part.</summary>
internal sealed class PlanCommand : ICliCommand
{
    private const string AnyDepths = "any";

    private readonly CommandContext _context;

    private readonly Argument<string> _run = new("RUN")
    {
        Description = "The folder that 'dimec train' wrote, or one with predictions and dynamics of another training; or a router's table "
            + "(.csv, .tsv, .jsonl).",
    };

    private readonly Option<string?> _policy = new("--policy")
    {
        Description = "pools, cascade, a tier's name, …, or any for the cheapest of all. A run needs it.",
    };

    private readonly Option<string?> _costs = new("--costs")
    {
        Description = "A cost file (default: λ = 1, offloading L/6 and L/2 layers).",
    };

    private readonly Option<string?> _depths = new("--depths")
    {
        Description = "any: the depths of the tiers before the last are chosen among the recorded exits, at the costs' layers and "
            + "offloading (default: those of the costs).",
    };

    private readonly PlanOptions _choices = new();
    private readonly PromiseCall _promise = new();
    private readonly Option<string> _out = new("--out") { Description = "The plan to write.", Required = true };
    private readonly Option<bool> _json = new("--json") { Description = "Print the plan." };

    private readonly TableCall _table;

    public PlanCommand(CommandContext context) => (_context, _table) = (context, new TableCall(_run));

    public Command Build()
    {
        var command = new Command("plan", "Chooses a policy's parameters on the selection part.") { _run, _policy, _costs, _depths };
        _choices.AddTo(command);
        _promise.AddTo(command);
        command.Add(_table.Option);
        command.Add(_out);
        command.Add(_json);
        _table.Check(command, [_choices.MaxDropOption, .. _promise.All, _out, _json]);
        command.SetAction(parsed => _table.Table(parsed) is { } table ? Run(parsed, table) : Run(parsed));
        return command;
    }

    private int Run(ParseResult parsed, string table)
    {
        var errors = new InputErrors();
        var maxDrop = _choices.MaxDrop(parsed);
        var promise = _promise.Of(parsed, maxDrop, errors);
        if (promise is null && maxDrop is { } drop)
            new PlanningOptions { MaxDrop = drop }.Validate(errors);
        var higher = _table.Higher(parsed, errors) ?? default;
        errors.ThrowIfAny();
        return new TablePlan(_context).Run(
            table, higher, maxDrop, promise, _promise.Calibration(parsed), parsed.GetRequiredValue(_out), parsed.GetValue(_json));
    }

    private int Run(ParseResult parsed)
    {
        // A table needs none, so the parser cannot ask for it.
        var policy = parsed.GetValue(_policy)
            ?? throw new InputException(_policy.Name, "is missing, and a run is given", "name a policy, or any for the cheapest of all");
        var (run, costs) = (parsed.GetRequiredValue(_run), parsed.GetValue(_costs));
        PromiseOptions? promise = null;
        PlanChoices Choices(InputErrors errors)
        {
            if (parsed.GetValue(_depths) is { } depths and not AnyDepths)
                errors.Add($"{_depths.Name} {depths}", "is not known", $"use {AnyDepths}, or leave it out and name depths in a cost file");
            promise = _promise.Of(parsed, _choices.MaxDrop(parsed), errors);
            return _choices.Of(parsed, given: null, errors);
        }

        var isAny = parsed.GetValue(_depths) is not null;
        var request = isAny ? PlanInputs.ReadForDepths(policy, run, costs, Choices) : PlanInputs.ReadFor(policy, run, costs, Choices);
        if (promise is not null)
            return Promised(parsed, policy, isAny, request, promise);
        switch (isAny ? DepthSearch.Of(request, policy).Best.Outcome : new Planner(request).Plan(policy))
        {
            case PlanOutcome.Planned planned:
                var output = parsed.GetRequiredValue(_out);
                AtomicFile.Write(output, planned.Plan.Write);
                Print(planned, request.Selection.Exits.Count, output, isAny, parsed.GetValue(_json));
                return ExitCodes.Done;
            case PlanOutcome.NotPossible impossible:
                _context.Console.WriteWarning($"not possible: {impossible.Reason}");
                return ExitCodes.NotPossible;
            default:
                throw new InvalidOperationException("An outcome is planned or not possible.");
        }
    }

    private int Promised(ParseResult parsed, string policy, bool isAny, PlanRequest request, PromiseOptions promise)
    {
        var inputs = PromiseInputs.Read(RunFolder.Open(parsed.GetRequiredValue(_run)), _promise.Calibration(parsed));
        request = inputs.RecordedIn(request);
        var outcome = PromisePlanner.Plan(isAny ? DepthSearch.Requests(request) : [request], policy, inputs.Part, promise);
        var output = parsed.GetRequiredValue(_out);
        AtomicFile.Write(output, outcome.Plan.Write);
        switch (outcome)
        {
            case PromiseOutcome.Kept kept:
                Print(kept.Planned, request.Selection.Exits.Count, output, isAny, parsed.GetValue(_json));
                return ExitCodes.Done;
            case PromiseOutcome.NotPossible impossible:
                _context.Console.WriteWarning($"not possible: {impossible.Reason}");
                _context.Console.WriteNote($"{output} leaves everything to {impossible.Plan.Policy}.");
                return ExitCodes.NotPossible;
            default:
                throw new InvalidOperationException("A promise is kept or not possible.");
        }
    }

    private void Print(PlanOutcome.Planned planned, int n, string output, bool depths, bool json)
    {
        if (json)
            _context.Console.WriteJson(File.ReadAllText(output));
        else
            PlanTable.Write(_context.Console, planned, n, output, depths);
    }
}

using System.CommandLine;
using Dimec.Cli.Output;
using Dimec.Files;
using Dimec.Planning;
using Dimec.Planning.Depths;
using Dimec.Planning.Promises;
using Dimec.Pools;
using Dimec.Reporting;
using Dimec.Runs;
using Dimec.Runs.Plans;
using Dimec.Statistics;

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
        {
            _context.Console.WriteJson(File.ReadAllText(output));
            return;
        }

        var expected = planned.Plan.Expected;
        var table = FigureTable.OfPairs($"on the selection part, n = {Formatting.Count(n)}");
        table.Add("policy", planned.Plan.Policy);
        if (depths)
            table.Add("depths", string.Join(", ", planned.Plan.Costs.Tiers.Select(tier => $"{tier.Name} {tier.Depth}")));
        if (planned.Plan.Pools is { } pools)
            table.Add("pools by", Describe(pools.Metrics));
        table.Add("answered at", string.Join(
            ", ", expected.Places.Zip(
                Formatting.Shares(expected.Places.Select(place => place.Share), 1), (place, share) => $"{place.Name} {share} %")));
        table.Add("accuracy", Formatting.Percent(expected.Accuracy));
        table.Add("cost", $"{Formatting.Cost(expected.Cost, planned.Plan.Costs.Unit)} a sample");
        table.Add("saved", Formatting.Percent(expected.Reduction));
        table.Add(expected.DropInterval is null ? "drop" : "drop [95 %]", $"{Drop(expected.Drop, expected.DropInterval)} points");
        if (expected.StackedDrop is { } stacked)
            table.Add("against the stacked cloud", $"{Drop(stacked, expected.StackedDropInterval)} points");
        if (planned.Plan.Costs.IndexOf(planned.Plan.Policy) < 0)
            table.Add("saved beyond the best single tier", Gain(planned));
        if (planned.PhoneCloudGain is { } phone)
            table.Add("saved beyond phone → cloud", $"{Formatting.Percent(phone.Beyond)} of the cloud's cost");
        if (planned.Plan.Promise is { } promise)
            table.Add("saved on calibration", Formatting.Percent(1 - (promise.Cost!.Value / planned.Plan.Costs.Cloud)));
        _context.Console.Tables.Write(table);
        if (planned.Plan.Promise is { } made)
        {
            _context.Console.WriteLine(PromiseWords.Of(made, planned.Plan.Costs.Unit));
            foreach (var sentence in PromiseWords.Next(made, planned.Plan.Costs.Unit))
                _context.Console.WriteLine(sentence);
        }

        foreach (var note in planned.Plan.Notes)
            _context.Console.WriteNote(note);
        _context.Console.WriteLine($"The plan is in {output}.");
    }

    private static string Drop(double drop, Interval? interval)
    {
        var points = Formatting.Number(100 * drop, 2);
        return interval is { } ends
            ? $"{points} [{Formatting.Number(100 * ends.Lower, 2)}, {Formatting.Number(100 * ends.Upper, 2)}]"
            : points;
    }

    private static string Describe(MetricsOrigin origin)
    {
        if (origin.Options is not { } options)
            return "ready-made metrics";
        var exits = origin.IsOwn ? $"each tier's own exit ({string.Join(", ", origin.Exits)})"
            : origin.Exits is [var exit] ? $"exit {exit}"
            : "the dynamics' one exit";
        var burnOut = options.BurnOut is { } epochs ? $", the first {epochs} epochs" : "";
        return $"{exits}{burnOut}{(options.IncludeCi ? ", include-ci" : "")}";
    }

    private static string Gain(PlanOutcome.Planned planned) => planned.Gain is { } gain
        ? $"{Formatting.Percent(gain.Beyond)} of the cloud's cost ({planned.BestSingleTier} alone)"
        : "no single tier meets the drop";
}

using System.CommandLine;
using Dimec.Cli.Output;
using Dimec.Files;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Predictions;
using Dimec.Reporting;
using Dimec.Runs.Evaluations;
using Dimec.Runs.Records;

namespace Dimec.Cli.Commands;

/// <summary><c>dimec report</c>: one page with everything a run holds.</summary>
internal sealed class ReportCommand(CommandContext context) : ICliCommand
{
    private readonly Argument<string> _run = new("RUN")
    {
        Description = "The folder that 'dimec train' wrote, or one with predictions of another training.",
    };

    private readonly Option<string?> _plan = new("--plan")
    {
        Description = "The plan that the headline speaks of (default: the pools planned here, where the run allows them).",
    };

    private readonly Option<string?> _costs = new("--costs")
    {
        Description = "A cost file (default: the plan's, otherwise λ = 1, offloading L/6 and L/2 layers).",
    };

    private readonly Option<string?> _exported = new("--exported")
    {
        Description = "A folder that 'dimec predict BUNDLE --run RUN' wrote: its exits are shown beside the run's.",
    };

    private readonly PlanOptions _choices = new();
    private readonly Option<string?> _out = new("--out") { Description = "The page (default: RUN/report.html)." };
    private readonly Option<bool> _json = new("--json") { Description = "Print where the page is, and its verdict, as JSON." };

    public Command Build()
    {
        var command = new Command("report", "Writes one self-contained page: data map, frontier, tables, how it was made.")
        {
            _run, _plan, _costs, _exported,
        };
        _choices.AddTo(command);
        command.Add(_out);
        command.Add(_json);
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var (run, request, reported) = EvaluationInputs.Read(
            parsed.GetRequiredValue(_run), parsed.GetValue(_plan), parsed.GetValue(_costs), PartNames.Dev,
            (plan, errors) => _choices.Of(parsed, plan, errors));
        var exported = parsed.GetValue(_exported) is { } folder ? ExportedSummary.Read(folder, reported) : null;
        var planner = new Planner(request);
        var evaluations = RunEvaluation.AtAllCosts(planner, reported, RunSummary.Of(run).Task);
        var plan = request.Given ?? (planner.Plan(PolicyList.Any) as PlanOutcome.Planned)?.Plan;
        var inputs = RunReport.Inputs(
            run, evaluations, reported, plan, request.Options.MaxDrop, served: null, [context.CommandLine]) with
        {
            Unpromised = UnpromisedEvaluation.Of(request, reported, RunSummary.Of(run).Task),
            Exported = exported,
        };
        var output = parsed.GetValue(_out) ?? Path.Combine(run.Path, "report.html");
        AtomicFile.Write(output, stream => HtmlReport.Write(inputs, stream));
        var headline = plan is null ? null : Headline.Of(evaluations[0].Document, plan.Policy, request.Options.MaxDrop);
        if (parsed.GetValue(_json))
        {
            context.Console.WriteJson(JsonLine.Of(new
            {
                report = output,
                policy = plan?.Policy,
                verdict = headline?.Verdict,
                detail = headline?.Detail,
                gain = headline?.Gain.IsGain,
            }));
            return ExitCodes.Done;
        }

        if (headline is not null)
        {
            context.Console.WriteStrong(headline.Verdict + ".");
            context.Console.WriteLine(headline.Detail);
        }

        context.Console.WriteLine($"The report is in {output}.");
        return ExitCodes.Done;
    }
}

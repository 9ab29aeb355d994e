using System.CommandLine;
using System.Globalization;
using Dimec.Cli.Runs;
using Dimec.Planning;
using Dimec.Training;
using Spectre.Console;

namespace Dimec.Cli.Commands;

/// <summary><c>dimec plan</c>: the cheapest point of a policy that keeps the drop small, chosen on the selection part.</summary>
internal sealed class PlanCommand(CommandContext context) : ICliCommand
{
    private readonly Argument<string> _run = new("RUN") { Description = "The folder that 'dimec train' wrote, or one with predictions and dynamics of another training." };
    private readonly Option<string> _policy = new("--policy") { Description = "pools, cascade, a tier's name, …, or any for the cheapest of all.", Required = true };
    private readonly Option<string?> _costs = new("--costs") { Description = "A cost file (default: λ = 1, offloading L/6 and L/2 layers)." };
    private readonly Option<double> _maxDrop = new("--max-drop") { Description = "The accuracy drop against the cloud that is allowed on the selection part, as a fraction.", DefaultValueFactory = _ => 0.005 };
    private readonly Option<int?> _exit = new("--exit") { Description = "The exit whose dynamics make the pools (default: the last)." };
    private readonly Option<bool> _noTemperatures = new("--no-temperatures") { Description = "Compare confidences as they are, as in the papers." };
    private readonly Option<int> _seed = new("--seed") { Description = "Seeds the random policy.", DefaultValueFactory = _ => 0 };
    private readonly Option<string> _out = new("--out") { Description = "The plan to write.", Required = true };
    private readonly Option<bool> _json = new("--json") { Description = "Print the plan." };

    public Command Build()
    {
        var command = new Command("plan", "Chooses a policy's parameters on the selection part.") { _run, _policy, _costs, _maxDrop, _exit, _noTemperatures, _seed, _out, _json };
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var options = new PlanningOptions
        {
            MaxDrop = parsed.GetValue(_maxDrop),
            FitTemperatures = !parsed.GetValue(_noTemperatures),
            Seed = parsed.GetValue(_seed),
        };
        var request = PlanInputs.Read(RunFolder.Open(parsed.GetRequiredValue(_run)), parsed.GetValue(_costs), options, exit: parsed.GetValue(_exit));
        switch (new Planner(request).Plan(parsed.GetRequiredValue(_policy)))
        {
            case PlanOutcome.Planned planned:
                var output = parsed.GetRequiredValue(_out);
                AtomicFile.Write(output, planned.Plan.Write);
                Print(planned, output, parsed.GetValue(_json));
                return ExitCodes.Done;
            case PlanOutcome.NotPossible impossible:
                context.Console.WriteWarning($"not possible: {impossible.Reason}");
                return ExitCodes.NotPossible;
            default:
                throw new InvalidOperationException("An outcome is planned or not possible.");
        }
    }

    private void Print(PlanOutcome.Planned planned, string output, bool json)
    {
        if (json)
        {
            context.Console.Out.WriteLine(File.ReadAllText(output));
            return;
        }

        var expected = planned.Plan.Expected;
        var table = new Table().AddColumns("on the selection part", "");
        table.AddRow("policy", Markup.Escape(planned.Plan.Policy));
        table.AddRow("tier shares", string.Join("  ", expected.Shares.Select(share => Invariant($"{share.Key} {share.Value:P1}"))));
        table.AddRow("accuracy", Invariant($"{expected.Accuracy:P2}"));
        table.AddRow("cost", Invariant($"{expected.Cost:0.###} {planned.Plan.Costs.Unit} a sample"));
        table.AddRow("reduction", Invariant($"{expected.Reduction:P1}"));
        table.AddRow("drop", Invariant($"{100 * expected.Drop:0.00} points"));
        table.AddRow("beyond the best single tier", planned.Gain is { } gain ? Invariant($"{gain:P1} ({planned.BestSingleTier})") : "no single tier meets the drop");
        context.Console.Tables.Write(table);
        foreach (var note in planned.Plan.Notes)
            context.Console.Tables.MarkupLineInterpolated($"[yellow]{note}[/]");
        context.Console.Tables.MarkupLineInterpolated($"The plan is in {output}.");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

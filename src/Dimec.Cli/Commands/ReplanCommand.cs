using System.CommandLine;
using System.Text;
using System.Text.Json;
using Dimec.Cli.Output;
using Dimec.Files;
using Dimec.Json;
using Dimec.Planning;
using Dimec.Planning.Promises;
using Dimec.Planning.Shadow;
using Dimec.Policies;
using Dimec.Runs.Parts;
using Dimec.Runs.Plans;

namespace Dimec.Cli.Commands;

/// <summary><c>dimec replan</c>: a plan in the place of one that is served, promised on what was recorded while that was served.</summary>
internal sealed class ReplanCommand(CommandContext context) : ICliCommand
{
    private readonly ReplanTarget _target = new();

    private readonly Option<string> _from = new("--from")
    {
        Description = "What 'dimec serve --record' or a client recorded of what is served, or another predictions file of such samples.",
        Required = true,
    };

    private readonly Option<string> _policy = new("--policy")
    {
        Description = "pools, cascade, a tier's name, …, or any for the cheapest of all.",
        DefaultValueFactory = _ => PolicyList.Any,
    };

    private readonly Option<string?> _costs = new("--costs")
    {
        Description = "A cost file (default: the costs of the plan that is served, otherwise a tier at each recorded exit, λ = 1, "
            + "offloading L/6 and L/2 layers).",
    };

    private readonly PlanOptions _choices = new();
    private readonly PromiseCall _promise = new(namesSamples: false);
    private readonly Option<string[]> _compare = new("--compare")
    {
        Description = "A plan whose cost and differing answers are counted on the same samples; may be given several times.",
    };

    private readonly Option<string?> _out = new("--out")
    {
        Description = "The plan to write; with --compare it may be left out, and nothing is planned.",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print the plan and what was compared." };

    public Command Build()
    {
        var command = new Command("replan", "Makes the next revision of a served plan, with a promise tested on what was recorded.")
        {
            _from,
        };
        _target.AddTo(command);
        command.Add(_policy);
        command.Add(_costs);
        _choices.AddTo(command);
        _promise.AddTo(command);
        foreach (var option in new Option[] { _compare, _out, _json })
            command.Add(option);
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var (output, compared) = (parsed.GetValue(_out), parsed.GetValue(_compare) ?? []);
        var errors = new InputErrors();
        if (output is null && compared.Length == 0)
            errors.Add(_out.Name, $"is missing, and so is {_compare.Name}", "name the plan to write, or plans to compare");
        var (run, served) = _target.Of(parsed, errors);
        var choices = _choices.Of(parsed, served?.Plan, errors);
        var promise = _promise.Of(parsed, _choices.MaxDrop(parsed), Usual(served?.Plan), errors);
        (string Name, Plan? Plan)[] plans = [.. compared.Select(path => (path, errors.Try(() => RunParts.Plan(path))))];
        var inputs = run is null
            ? null
            : errors.Try(() => ReplanInputs.Read(run, parsed.GetRequiredValue(_from), parsed.GetValue(_costs), choices, served));
        errors.ThrowIfAny();
        var policy = parsed.GetRequiredValue(_policy);
        var outcome = output is null ? null : PromisePlanner.Plan([inputs!.Request], policy, inputs.Part, promise);
        var plan = outcome is null || served is null ? outcome?.Plan : outcome.Plan.InPlaceOf(served.Plan, served.Hash);
        List<(string Name, Plan Plan)> all = [.. plans.Select(one => (one.Name, one.Plan!))];
        if (plan is not null && compared.Length > 0)
            all.Add((output!, plan));
        var comparison = compared.Length > 0 ? ShadowComparison.Of(inputs!.Request, inputs.Part.Exits, all) : null;
        if (plan is not null)
            AtomicFile.Write(output!, plan.Write);
        Print(parsed, inputs!, outcome, plan, comparison);
        return outcome is PromiseOutcome.NotPossible ? ExitCodes.NotPossible : ExitCodes.Done;
    }

    /// <summary>Without another wish the next plan promises what the one before did.</summary>
    private static PromiseOptions Usual(Plan? served)
    {
        var usual = new PromiseOptions();
        return served?.Promise is { Drop: { } drop } promise
            ? usual with { Confidence = promise.Confidence, MaxDrop = drop.Limit }
            : usual;
    }

    private void Print(ParseResult parsed, ReplanInputs inputs, PromiseOutcome? outcome, Plan? plan, ShadowComparison? comparison)
    {
        var console = context.Console;
        if (outcome is PromiseOutcome.NotPossible impossible)
            console.WriteWarning($"not possible: {impossible.Reason}");
        if (parsed.GetValue(_json))
        {
            console.WriteJson(Json(plan, comparison));
            return;
        }

        if (outcome is PromiseOutcome.Kept kept)
        {
            PlanTable.Write(
                console, kept.Planned with { Plan = plan! }, inputs.Request.Selection.Exits.Count, parsed.GetValue(_out)!, depths: false);
        }

        if (comparison is not null)
            ShadowTable.Write(console, comparison);
        if (outcome is PromiseOutcome.NotPossible)
            console.WriteNote($"{parsed.GetValue(_out)} leaves everything to {plan!.Policy}.");
        if (plan is { Previous: not null })
            console.WriteNote($"It is revision {plan.Revision}; dimec export makes the bundle of it.");
    }

    private static string Json(Plan? plan, ShadowComparison? comparison)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonStyle.Indented))
        {
            json.WriteStartObject();
            if (plan is not null)
            {
                using var written = new MemoryStream();
                plan.Write(written);
                json.WritePropertyName("plan");
                json.WriteRawValue(written.ToArray());
            }

            if (comparison is not null)
                ShadowTable.Write(json, comparison);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }
}

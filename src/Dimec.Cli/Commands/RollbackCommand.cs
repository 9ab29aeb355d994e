using System.CommandLine;
using Dimec.CommandLine.Serve;
using Dimec.Inference.Deployments;

namespace Dimec.Cli.Commands;

/// <summary><c>dimec rollback</c>: has running tiers serve what they served before.</summary>
internal sealed class RollbackCommand(CommandContext context) : ICliCommand
{
    private readonly Option<string> _root = DeploymentAnswer.Root();
    private readonly Option<string[]> _tiers = DeploymentAnswer.Tiers();
    private readonly Option<string?> _trust = TrustOption.Create();
    private readonly Option<bool> _json = new("--json") { Description = "Say what is deployed as JSON." };

    public Command Build()
    {
        var command = new Command(
            "rollback",
            "Makes the bundle current again that was deployed before the one that is, once it has been checked; again, the one before "
            + "that. " + ServeCommand.Telemetry)
        {
            _root, _tiers, _trust, _json,
        };
        command.SetAction((parsed, stop) => Task.Run(() => Run(parsed), stop));
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var errors = new InputErrors();
        var options = DeploymentAnswer.Options(parsed, _tiers, _trust, errors);
        errors.ThrowIfAny();
        return DeploymentAnswer.Give(
            context.Console, Deployment.Rollback(parsed.GetRequiredValue(_root), options), parsed.GetValue(_json));
    }
}

using System.CommandLine;
using Dimec.CommandLine.Serve;
using Dimec.Inference.Deployments;

namespace Dimec.Cli.Commands;

/// <summary><c>dimec deploy</c>: puts a bundle where running tiers find it.</summary>
internal sealed class DeployCommand(CommandContext context) : ICliCommand
{
    private readonly Argument<string> _bundle = new("BUNDLE") { Description = "The folder that 'dimec export' wrote." };
    private readonly Option<string> _root = DeploymentAnswer.Root();
    private readonly Option<string[]> _tiers = DeploymentAnswer.Tiers();
    private readonly Option<string?> _trust = TrustOption.Create();
    private readonly Option<bool> _json = new("--json") { Description = "Say what is deployed as JSON." };
    private readonly Option<int> _keep = new("--keep")
    {
        Description = "How many revisions stay in the folder, 2 to 100.",
        DefaultValueFactory = _ => new DeploymentOptions().Keep,
    };

    public Command Build()
    {
        var command = new Command(
            "deploy",
            "Copies a bundle into a folder of deployments, checks the copy by its hashes and golden samples, and makes it the one that "
            + "tiers serve from there, which swap it in without a gap. " + ServeCommand.Telemetry)
        {
            _bundle, _root, _tiers, _keep, _trust, _json,
        };
        command.SetAction((parsed, stop) => Task.Run(() => Run(parsed, stop), CancellationToken.None));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken stop)
    {
        var errors = new InputErrors();
        var options = DeploymentAnswer.Options(parsed, _tiers, _trust, errors) with { Keep = parsed.GetValue(_keep) };
        errors.ThrowIfAny();
        var deployed = Deployment.Deploy(parsed.GetRequiredValue(_bundle), parsed.GetRequiredValue(_root), options, stop);
        return DeploymentAnswer.Give(context.Console, deployed, parsed.GetValue(_json));
    }
}

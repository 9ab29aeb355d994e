using System.CommandLine;
using Dimec.Bundles;
using Dimec.Inference.Deployments;

namespace Dimec.Cli.Commands;

/// <summary>What the commands share that change what is deployed.</summary>
internal static class DeploymentAnswer
{
    public static Option<string> Root() => new("--root")
    {
        Description = "The folder of deployments, which 'dimec serve ROOT' follows.",
        Required = true,
    };

    public static Option<string[]> Tiers() => new("--tier")
    {
        Description = "A tier that is served from the folder; may be given several times. Files of others may then be absent. "
            + "By default all.",
    };

    public static DeploymentOptions Options(
        ParseResult parsed, Option<string[]> tiers, Option<string?> trust, InputErrors errors) => new()
        {
            Tiers = parsed.GetValue(tiers) is { Length: > 0 } named ? named : null,
            Trust = TrustOption.Value(parsed, trust, errors),
        };

    /// <summary>Says what is deployed.</summary>
    public static int Give(ToolConsole console, Deployment deployed, bool json)
    {
        if (json)
            console.WriteJson(File.ReadAllText(Path.Combine(deployed.Root, DeploymentRecord.FileName)));
        else
            console.WriteLine($"{deployed.Current} is current; kept: {string.Join(", ", deployed.Record.Revisions)}.");
        return ExitCodes.Done;
    }
}

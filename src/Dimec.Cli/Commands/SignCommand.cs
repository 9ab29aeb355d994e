using System.CommandLine;
using Dimec.Bundles;
using Dimec.Inference;

namespace Dimec.Cli.Commands;

/// <summary><c>dimec sign</c>: a bundle's signature, beside its files.</summary>
internal sealed class SignCommand(CommandContext context) : ICliCommand
{
    private readonly Argument<string> _bundle = new("BUNDLE") { Description = "The folder that 'dimec export' wrote." };
    private readonly Option<string> _key = new("--key")
    {
        Description = "The private key: ECDSA on P-256, in PEM, not encrypted.",
        Required = true,
    };

    public Command Build()
    {
        var command = new Command("sign", "Signs a bundle, whose files are checked before, so that --trust finds out who made it.")
        {
            _bundle, _key,
        };
        command.SetAction((parsed, stop) => Task.Run(() => Run(parsed), stop));
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var errors = new InputErrors();
        using var key = errors.Try(() => BundleSigningKey.Read(parsed.GetRequiredValue(_key)));
        var bundle = errors.Try(() => Bundle.Open(parsed.GetRequiredValue(_bundle)));
        errors.ThrowIfAny();
        key!.SignFolder(bundle!.Folder);
        context.Console.WriteLine($"{Path.Combine(bundle.Folder, BundleManifest.SignatureFile)} signs the bundle {bundle.Hash}.");
        return ExitCodes.Done;
    }
}

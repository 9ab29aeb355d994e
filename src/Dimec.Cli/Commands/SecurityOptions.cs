using System.CommandLine;
using Dimec.Inference;

namespace Dimec.Cli.Commands;

/// <summary>
/// The options by which a command knows tiers, and what it shows them. A key is never one of the call's words: those are in the shell's
/// history and, for as long as the call runs, in every user's list of processes.
/// </summary>
internal sealed class SecurityOptions
{
    /// <summary>The variable that may hold a key.</summary>
    public const string KeyVariable = "DIMEC_API_KEY";

    private readonly Option<string?> _ca = new("--ca")
    {
        Description = "A file in PEM with the authorities of which the tiers' certificates have to be; by default the system's.",
    };

    private readonly Option<string?> _certificate = new("--cert")
    {
        Description = "A file in PEM with the client certificate that tiers are shown.",
    };

    private readonly Option<string?> _certificateKey = new("--cert-key") { Description = "The file with its private key, in PEM." };

    private readonly Option<string?> _keyFile = new("--key-file")
    {
        Description = $"A file with the API key that tiers are sent; by default the variable {KeyVariable} has it, where it is set.",
    };

    private readonly Option<bool> _keyInClear = new("--key-in-clear")
    {
        Description = "Send the API key without TLS to another machine, where the way is safe.",
        Arity = ArgumentArity.Zero,
    };

    public void AddTo(Command command)
    {
        command.Add(_ca);
        command.Add(_certificate);
        command.Add(_certificateKey);
        command.Add(_keyFile);
        command.Add(_keyInClear);
    }

    /// <summary>What a call says; the library checks it.</summary>
    public TierSecurity Of(ParseResult parsed)
    {
        var file = parsed.GetValue(_keyFile);
        return new TierSecurity
        {
            Ca = parsed.GetValue(_ca),
            Certificate = parsed.GetValue(_certificate),
            CertificateKey = parsed.GetValue(_certificateKey),
            ApiKeyFile = file,
            ApiKey = file is null && Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } key ? key : null,
            KeyInClear = parsed.GetValue(_keyInClear),
        };
    }
}

using System.CommandLine;
using System.Text.Json.Nodes;
using Dimec.Serving;

namespace Dimec.Cli.Commands;

/// <summary><c>dimec key</c>: a new API key, said once, and the line by which a tier knows it.</summary>
internal sealed class KeyCommand(CommandContext context) : ICliCommand
{
    private readonly Option<string> _name = new("--name")
    {
        Description = "Whose it is, e.g. phone-app: 1 to 64 letters, digits, dots, hyphens and underscores.",
        Required = true,
    };

    private readonly Option<bool> _admin = new("--admin") { Description = "It may have a tier load what is deployed as well." };
    private readonly Option<bool> _json = new("--json") { Description = "Print both as one line of JSON." };

    public Command Build()
    {
        var command = new Command(
            "key", "Makes an API key. It is printed once and kept nowhere: a tier's file gets the line with its hash.")
        {
            _name, _admin, _json,
        };
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var key = ApiKey.Create(parsed.GetRequiredValue(_name), parsed.GetValue(_admin));
        if (parsed.GetValue(_json))
        {
            context.Console.WriteJson(new JsonObject { ["key"] = key.Secret, ["line"] = key.Line }.ToJsonString());
            return ExitCodes.Done;
        }

        context.Console.WriteLine($"For the client, and nobody else: {key.Secret}");
        context.Console.WriteLine($"For the tier's --api-keys:       {key.Line}");
        return ExitCodes.Done;
    }
}

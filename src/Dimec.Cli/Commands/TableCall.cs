using System.CommandLine;
using System.CommandLine.Parsing;
using Dimec.Routing;

namespace Dimec.Cli.Commands;

/// <summary>What <c>plan</c> and <c>evaluate</c> have in common where they are given a router's table in a run's place.</summary>
/// <param name="run">The argument that names either.</param>
internal sealed class TableCall(Argument<string> run)
{
    private readonly Option<string?> _higher = ChoiceOption.Create<ScoreDirection>(
        "--higher", "Of a table: for which tier a high score speaks");

    /// <summary>The option beside those of runs.</summary>
    public Option Option => _higher;

    /// <summary>The table that the call names; null where it names a run.</summary>
    public string? Table(ParseResult parsed) => Named(parsed.CommandResult);

    /// <summary>What a high score means; null where the call does not say.</summary>
    public ScoreDirection? Higher(ParseResult parsed, InputErrors errors) => parsed.GetValue(_higher) is null
        ? null
        : ChoiceOption.Value(parsed, _higher, ScoreDirection.Strong, errors);

    /// <summary>Has a command refuse options that are not about what it is given.</summary>
    /// <param name="command">The command, with all of its options.</param>
    /// <param name="ofTables">Those that a table takes, this one's beside.</param>
    public void Check(Command command, IReadOnlyList<Option> ofTables) =>
        command.Validators.Add(result =>
        {
            var isTable = Named(result) is not null;
            foreach (var option in result.Children.OfType<OptionResult>().Where(option => !option.Implicit).Select(option => option.Option))
            {
                if (isTable && option != _higher && !ofTables.Contains(option))
                    result.AddError(new InputError(option.Name, "is about a run, and a table is given", "leave it out").ToString());
                else if (!isTable && option == _higher)
                    result.AddError(new InputError(option.Name, "is about a table, and a run is given", "leave it out").ToString());
            }
        });

    private string? Named(CommandResult result) =>
        result.GetResult(run) is { Tokens: [{ Value: var name }] } && RouterTable.IsNamed(name) && !Directory.Exists(name) ? name : null;
}

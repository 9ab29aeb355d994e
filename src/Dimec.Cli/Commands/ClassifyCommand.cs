using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Dimec.Cli.Output;
using Dimec.Inference;

namespace Dimec.Cli.Commands;

/// <summary><c>dimec classify</c>: this process is the mobile; what it does not answer it sends to the tiers.</summary>
internal sealed class ClassifyCommand(CommandContext context) : ICliCommand
{
    private readonly Argument<string> _bundle = new("BUNDLE") { Description = "The folder that 'dimec export' wrote." };
    private readonly Argument<string[]> _texts = new("TEXT") { Description = "Texts to classify, those of a pair with a tab between them; - reads them from standard input and answers each line as it comes.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _file = new("--file") { Description = "A file with a text a line; for pairs the second text follows a tab." };
    private readonly Option<double> _timeout = new("--timeout") { Description = "Seconds that a tier may take.", DefaultValueFactory = _ => 2 };
    private readonly Option<bool> _json = new("--json") { Description = "A JSON object a line." };
    private readonly TierUrls _tiers = new();

    public Command Build()
    {
        var command = new Command("classify", "Routes texts on this machine, answers here or asks the tier that the plan names. " + ServeCommand.Telemetry) { _bundle, _texts, _file, _timeout, _json };
        _tiers.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var errors = new InputErrors();
        var urls = _tiers.Of(parsed, errors);
        var options = Options(parsed.GetValue(_timeout), errors);
        CheckOptions(parsed, errors);
        var lines = errors.Try(() => TextLines.Of(parsed.GetValue(_texts) ?? [], parsed.GetValue(_file), context.Console.In));
        var bundle = errors.Try(() => Bundle.OpenLocal(parsed.GetRequiredValue(_bundle)));
        var pair = bundle?.Manifest.HasPair ?? false;
        errors.Try(() => lines?.Checked(pair));
        if (bundle is not null)
            DimecClient.Check(bundle, urls, options, errors);
        errors.ThrowIfAny();
        await using var client = await DimecClient.ConnectAsync(bundle!, urls, options, context.Time, stop);
        await ClassifyAsync(client, lines!.Inputs(pair), parsed.GetValue(_json), stop);
        return ExitCodes.Done;
    }

    private async Task ClassifyAsync(DimecClient client, IEnumerable<IReadOnlyList<TextInput>> inputs, bool json, CancellationToken stop)
    {
        // A tier that is down fails for every text in the same words: once is enough, each answer says who gave it.
        var said = new HashSet<string>();
        Warn(client.Unreachable, said);
        var (index, fallbacks) = (0, 0);
        using var batches = inputs.GetEnumerator();
        // What waits for a line cannot be called off; it is left waiting where the command ends.
        while (await Task.Run(batches.MoveNext, stop).WaitAsync(stop))
        {
            foreach (var answer in await client.ClassifyAsync(batches.Current, stop))
            {
                Warn(answer.Failures, said);
                fallbacks += answer.Fallback ? 1 : 0;
                Print(index++, answer, json);
            }
        }

        if (fallbacks > 0)
            context.Console.WriteWarning(string.Create(CultureInfo.InvariantCulture, $"{fallbacks} of {index} answers are another tier's than the one that the plan names."));
    }

    /// <summary>An option that nobody knows would pass for one more text.</summary>
    private void CheckOptions(ParseResult parsed, InputErrors errors)
    {
        if (parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash))
            return;
        foreach (var text in (parsed.GetValue(_texts) ?? []).Where(text => text is ['-', '-', not ' ', ..] && !text.Any(char.IsWhiteSpace)))
            errors.Add(text, "is no option of classify", "see dimec classify --help; a text that begins so is written after a -- of its own");
    }

    private static DimecClientOptions Options(double seconds, InputErrors errors)
    {
        if (seconds is >= 0.001 and <= 3600)
            return new DimecClientOptions { TierTimeout = TimeSpan.FromSeconds(seconds) };
        errors.Add("--timeout", string.Create(CultureInfo.InvariantCulture, $"is {seconds}"), "give 0.001 to 3600 seconds");
        return new DimecClientOptions();
    }

    private void Warn(IReadOnlyList<TierFailure> failures, HashSet<string> said)
    {
        foreach (var failure in failures.Where(failure => said.Add(failure.Sentence)))
            context.Console.WriteWarning(failure.Sentence);
    }

    private void Print(int index, Classification answer, bool json)
    {
        var line = json
            ? JsonLine.Of(new { index, label = answer.Label, confidence = answer.Confidence, tier = answer.Tier, exit = answer.Exit, cost = answer.Cost, truncated = answer.Truncated, fallback = answer.Fallback })
            : string.Create(CultureInfo.InvariantCulture, $"{answer.Label}\t{answer.Confidence:0.0000}\t{answer.Tier}\t{answer.Cost:0.###}");
        context.Console.Out.WriteLine(line);
    }
}

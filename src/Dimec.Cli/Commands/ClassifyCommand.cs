using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Dimec.CommandLine.Serve;
using Dimec.Inference;
using Dimec.Reporting;

namespace Dimec.Cli.Commands;

/// <summary><c>dimec classify</c>: this process is the mobile; what it does not answer it sends to the tiers.</summary>
internal sealed class ClassifyCommand(CommandContext context) : ICliCommand
{
    private readonly Argument<string> _bundle = new("BUNDLE") { Description = "The folder that 'dimec export' wrote." };
    private readonly Argument<string[]> _texts = new("TEXT")
    {
        Description = "Texts to classify, those of a pair with a tab between them; - reads them from standard input and "
            + "answers each line as it comes, and a text that begins as an option does follows a -- of its own.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _file = new("--file")
    {
        Description = "A file, or a pipe, with a text a line; for pairs the second text follows a tab.",
    };

    private readonly Option<double> _timeout = new("--timeout")
    {
        Description = "Seconds that a tier may take.",
        DefaultValueFactory = _ => 2,
    };

    private readonly Option<string?> _record = new("--record")
    {
        Description = "A predictions file into which is recorded what every exit says of the texts (ids and logits, no texts), for "
            + "'dimec replan'; exits that the plan does not ask are asked as well. By default nothing is.",
    };

    private readonly Option<int> _recordLimit = new("--record-limit")
    {
        Description = "The most samples in that file, 256 to 1000000; where there are more, it is a uniform sample of all of them.",
        DefaultValueFactory = _ => new DimecClientOptions().RecordLimit,
    };

    // Without an arity of its own, it would take a text 'true' for its value.
    private readonly Option<bool> _json = new("--json") { Description = "A JSON object a line.", Arity = ArgumentArity.Zero };
    private readonly TierUrls _tiers = new();

    public Command Build()
    {
        var command = new Command(
            "classify",
            "Routes texts on this machine, answers here or asks the tier that the plan names. "
            + "A line of a stream that is no text is an error of that line: the others are answered, and the exit code is 2. "
            + ServeCommand.Telemetry)
        {
            _bundle, _texts, _file, _timeout, _record, _recordLimit, _json,
        };
        _tiers.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var errors = new InputErrors();
        var urls = _tiers.Of(parsed, errors);
        var options = Options(parsed.GetValue(_timeout), errors) with
        {
            Record = parsed.GetValue(_record),
            RecordLimit = parsed.GetValue(_recordLimit),
        };
        CheckOptions(parsed, errors);
        var lines = errors.Try(() =>
            TextLines.Of(parsed.GetValue(_texts) ?? [], IsLiteral(parsed), parsed.GetValue(_file), context.Console.In));
        var bundle = errors.Try(() => Bundle.OpenLocal(parsed.GetRequiredValue(_bundle)));
        var pair = bundle?.Manifest.HasPair ?? false;
        errors.Try(() => lines?.Checked(pair));
        if (bundle is not null)
            DimecClient.Check(bundle, urls, options, errors);
        errors.ThrowIfAny();
        var client = await DimecClient.ConnectAsync(bundle!, urls, options, context.Time, stop);
        try
        {
            return await new ClassifyAnswers(context.Console, client, parsed.GetValue(_json))
                .GiveAsync(lines!.Where, lines.Rows(pair), stop);
        }
        finally
        {
            await client.DisposeAsync();
            if (client.Recording is { } recording)
                Say(recording);
        }
    }

    private void Say(RecordingState recording)
    {
        context.Console.WriteProgress(
            $"{recording.File} has what every exit says of {Formatting.Count(recording.Recorded)} texts; "
            + $"{Formatting.Count((int)Math.Min(int.MaxValue, recording.Dropped + recording.Failed))} were not recorded.");
        if (recording.Stopped is { } why)
            context.Console.WriteWarning($"Nothing more is recorded: {why}");
    }

    /// <summary>An option that nobody knows would pass for one more text.</summary>
    private void CheckOptions(ParseResult parsed, InputErrors errors)
    {
        var texts = parsed.GetValue(_texts) ?? [];
        var before = parsed.Tokens
            .TakeWhile(token => token.Type != TokenType.DoubleDash)
            .Select(token => token.Value)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var text in texts.Where(text => text is ['-', '-', not ' ', ..] && !text.Any(char.IsWhiteSpace) && before.Contains(text)))
        {
            errors.Add(
                text, "is no option of classify", "see dimec classify --help; a text that begins so is written after a -- of its own");
        }
    }

    /// <summary>What follows <c>--</c> is a text, whatever it looks like.</summary>
    private static bool IsLiteral(ParseResult parsed) =>
        parsed.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Any(token => token.Value == "-");

    private static DimecClientOptions Options(double seconds, InputErrors errors)
    {
        if (seconds is >= 0.001 and <= 3600)
            return new DimecClientOptions { TierTimeout = TimeSpan.FromSeconds(seconds) };
        errors.Add("--timeout", string.Create(CultureInfo.InvariantCulture, $"is {seconds}"), "give 0.001 to 3600 seconds");
        return new DimecClientOptions();
    }
}

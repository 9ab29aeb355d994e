using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Dimec.Cli.Classify;
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

    private readonly Option<double?> _deadline = new("--deadline")
    {
        Description = "Seconds that a text may take through all its steps; what other tiers have not answered by then is answered here. By "
            + "default twice --timeout.",
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

    private readonly Option<string?> _out = new("--out")
    {
        Description = "A file for the answers, a line a text in the order of --file. A call that was stopped is gone on with by the same "
            + "call; until all are answered, the file is called FILE.partial. By default answers go to standard output.",
    };

    private readonly Option<bool> _localOnly = new("--local-only")
    {
        Description = "Sends and records nothing of the texts: what the plan would send on is answered here.",
        Arity = ArgumentArity.Zero,
    };

    private readonly Option<string?> _pin = new("--pin")
    {
        Description = "The tier that is to answer every text with its own exit, whatever the plan says.",
    };

    private readonly Option<double?> _abstainBelow = new("--abstain-below")
    {
        Description = "The confidence, 0 to 1, below which an answer abstains: its label is left empty, or with --json 'abstained' is "
            + "true. By default none does.",
    };

    private readonly Option<int> _cache = new("--cache")
    {
        Description = "How many answers are kept, 0 to 10000000, so that a text that comes again costs nothing.",
        DefaultValueFactory = _ => new DimecClientOptions().CacheSize,
    };

    private readonly Option<string?> _trust = TrustOption.Create();

    // Without an arity of its own, it would take a text 'true' for its value.
    private readonly Option<bool> _json = new("--json") { Description = "A JSON object a line.", Arity = ArgumentArity.Zero };
    private readonly TierUrls _tiers = new(several: true);
    private readonly SecurityOptions _security = new();

    public Command Build()
    {
        var command = new Command(
            "classify",
            "Routes texts on this machine, answers here or asks the tier that the plan names. "
            + "A line of a stream that is no text is an error of that line: the others are answered, and the exit code is 2. "
            + ServeCommand.Telemetry)
        {
            _bundle, _texts, _file, _out, _localOnly, _pin, _abstainBelow, _cache, _timeout, _deadline, _record, _recordLimit,
            _trust, _json,
        };
        _tiers.AddTo(command);
        _security.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var errors = new InputErrors();
        var urls = _tiers.Of(parsed, errors);
        var options = new DimecClientOptions
        {
            TierTimeout = Seconds("--timeout", parsed.GetValue(_timeout), TimeSpan.FromHours(1), errors) ?? TimeSpan.FromSeconds(2),
            Timeout = Seconds("--deadline", parsed.GetValue(_deadline), TimeSpan.FromDays(1), errors),
            Record = parsed.GetValue(_record),
            RecordLimit = parsed.GetValue(_recordLimit),
            AbstainBelow = parsed.GetValue(_abstainBelow),
            CacheSize = parsed.GetValue(_cache),
            Security = _security.Of(parsed),
        };
        var call = new ClassifyCall(parsed.GetValue(_json), parsed.GetValue(_localOnly), parsed.GetValue(_pin));
        CheckOptions(parsed, errors);
        var lines = errors.Try(() =>
            TextLines.Of(parsed.GetValue(_texts) ?? [], IsLiteral(parsed), parsed.GetValue(_file), context.Console.In));
        var trusted = errors.Count;
        var trust = TrustOption.Value(parsed, _trust, errors);
        var bundle = errors.Count > trusted ? null : errors.Try(() => Bundle.OpenLocal(parsed.GetRequiredValue(_bundle), trust: trust));
        var pair = bundle?.Manifest.HasPair ?? false;
        errors.Try(() => lines?.Checked(pair));
        if (bundle is not null)
        {
            DimecClient.Check(bundle, urls, options, errors);
            call.Check(bundle, errors);
        }

        var path = parsed.GetValue(_out);
        if (path is not null && lines is { Path: null })
        {
            errors.Add(
                $"--out {path}", $"is given, and {lines.Where} cannot be read again from where a call was stopped", "give --file FILE");
        }

        if (path is not null && lines?.Path is { } texts && RealPath(path) == RealPath(texts))
            errors.Add($"--out {path}", "is the file of texts itself, which would be lost", "name another file");
        errors.ThrowIfAny();
        using var file = path is null
            ? null
            : new AnswerFile(
                path, call.Origin(bundle!, options, urls.Select(url => url.Key), lines!.Path!), lines.Count, context.Console, context.Time);
        var client = await DimecClient.ConnectAsync(bundle!, urls, options, context.Time, stop);
        try
        {
            return await new ClassifyAnswers(context.Console, client, call, file).GiveAsync(lines!, pair, stop);
        }
        finally
        {
            await client.DisposeAsync();
            if (client.Recording is { } recording)
                Say(recording);
        }
    }

    private static string RealPath(string path) =>
        (File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? Path.GetFullPath(path);

    private void Say(RecordingState recording)
    {
        context.Console.WriteProgress(
            $"{recording.File} has what every exit says of {Formatting.Count(recording.Recorded)} texts"
            + (recording.Halvings > 0 ? $", one in {1L << recording.Halvings} of all; " : "; ")
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

    private static TimeSpan? Seconds(string option, double? seconds, TimeSpan most, InputErrors errors)
    {
        if (seconds is null || (seconds >= 0.001 && seconds <= most.TotalSeconds))
            return seconds is { } given ? TimeSpan.FromSeconds(given) : null;
        errors.Add(
            option, string.Create(CultureInfo.InvariantCulture, $"is {seconds}"),
            string.Create(CultureInfo.InvariantCulture, $"give 0.001 to {most.TotalSeconds} seconds"));
        return null;
    }
}

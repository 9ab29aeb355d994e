using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dimec.Inference;
using Spectre.Console;

namespace Dimec.Cli.Commands;

/// <summary><c>dimec classify</c>: this process is the mobile; what it does not answer it sends to the tiers.</summary>
internal sealed class ClassifyCommand(CommandContext context) : ICliCommand
{
    private const int Chunk = 256;
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Argument<string> _bundle = new("BUNDLE") { Description = "The folder that 'dimec export' wrote." };
    private readonly Argument<string[]> _texts = new("TEXT") { Description = "Texts to classify; - reads them from standard input, a line each.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _file = new("--file") { Description = "A file with a text a line; for pairs the second text follows a tab." };
    private readonly Option<double> _timeout = new("--timeout") { Description = "Seconds that a tier may take.", DefaultValueFactory = _ => 2 };
    private readonly Option<bool> _json = new("--json") { Description = "A JSON object a line." };
    private readonly TierUrls _tiers = new();

    public Command Build()
    {
        var command = new Command("classify", "Routes texts on this machine, answers here or asks the tier that the plan names.") { _bundle, _texts, _file, _timeout, _json };
        _tiers.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var urls = _tiers.Of(parsed);
        var bundle = Bundle.OpenLocal(parsed.GetRequiredValue(_bundle));
        var options = new DimecClientOptions { TierTimeout = TimeSpan.FromSeconds(parsed.GetValue(_timeout)) };
        await using var client = await DimecClient.ConnectAsync(bundle, urls, options, context.Time, stop);
        foreach (var failure in client.Unreachable)
            context.Console.Error.MarkupLineInterpolated($"[yellow]{failure.Sentence}[/]");

        var index = 0;
        foreach (var chunk in Lines(parsed).Chunk(Chunk))
        {
            var inputs = chunk.Select(line => Input(line, bundle.Manifest.HasPair)).ToArray();
            foreach (var answer in await client.ClassifyAsync(inputs, stop))
                Print(index++, answer, parsed.GetValue(_json));
        }

        return ExitCodes.Done;
    }

    private IEnumerable<string> Lines(ParseResult parsed)
    {
        var texts = parsed.GetValue(_texts) ?? [];
        var file = parsed.GetValue(_file);
        if (file is not null && texts.Length > 0)
            throw new InputException("--file", "is given beside texts", "give the one or the other");
        if (file is not null && !File.Exists(file))
            throw new InputException($"--file {file}", "does not exist", "check the path");
        if (file is null && texts.Length == 0)
            throw new InputException("TEXT", "is missing", "give texts, --file FILE, or - for standard input");
        return file is not null ? File.ReadLines(file) : texts is ["-"] ? StandardInput() : texts;
    }

    private IEnumerable<string> StandardInput()
    {
        while (context.Console.In.ReadLine() is { } line)
            yield return line;
    }

    private static TextInput Input(string line, bool pair)
    {
        var parts = pair ? line.Split('\t', 2) : [line];
        return new TextInput(parts[0], parts.Length > 1 ? parts[1] : pair ? "" : null);
    }

    private void Print(int index, Classification answer, bool json)
    {
        foreach (var failure in answer.Failures)
            context.Console.Error.MarkupLineInterpolated($"[yellow]{index}: {failure.Sentence}[/]");
        var line = json
            ? JsonSerializer.Serialize(
                new { index, label = answer.Label, confidence = answer.Confidence, tier = answer.Tier, exit = answer.Exit, cost = answer.Cost, truncated = answer.Truncated, fallback = answer.Fallback },
                s_json)
            : string.Create(CultureInfo.InvariantCulture, $"{answer.Label}\t{answer.Confidence:0.0000}\t{answer.Tier}\t{answer.Cost:0.###}");
        context.Console.Out.WriteLine(line);
    }
}

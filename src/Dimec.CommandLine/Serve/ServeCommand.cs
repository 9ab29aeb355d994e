using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dimec.Serving;

namespace Dimec.CommandLine.Serve;

/// <summary><c>dimec serve</c> and <c>dimec-tier</c>: a running tier.</summary>
/// <param name="console">Where it says that it runs, and, for <see cref="StopWithInput"/>, what it reads.</param>
public sealed class ServeCommand(ToolConsole console) : ICliCommand
{
    /// <summary>Stops the tier when its standard input ends, so that it never outlives the process that started it.</summary>
    public const string StopWithInput = "--stop-with-input";

    /// <summary>What the help of every command says that runs models under ONNX Runtime.</summary>
    public const string Telemetry = "ONNX Runtime's own telemetry is off; ORT_DISABLE_TELEMETRY=0 in the environment turns it on.";

    /// <summary>What the help says that it does.</summary>
    public const string Purpose = "Serves one tier of a bundle over the Open Inference Protocol v2 (REST and gRPC). " + Telemetry;

    private readonly ServeOptions _options = new();
    private readonly Option<bool> _json = new("--json") { Description = "Say where the tier answers as one line of JSON." };
    private readonly Option<bool> _printConfig = new("--print-config")
    {
        Description = "Check all options, print what holds as a configuration file, and serve nothing.",
    };

    private readonly Option<bool> _stopWithInput = new(StopWithInput) { Hidden = true };

    /// <summary>What the options of a tier are called here, for <see cref="OptionNames"/>.</summary>
    public static IReadOnlyDictionary<string, string> Names => new ServeOptions().Names;

    /// <inheritdoc/>
    public Command Build()
    {
        var command = new Command("serve", Purpose);
        AddTo(command);
        return command;
    }

    /// <summary>Makes a command serve: it gets the options and the action.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        _options.AddTo(command);
        command.Add(_json);
        command.Add(_printConfig);
        command.Add(_stopWithInput);
        command.SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        if (parsed.GetValue(_stopWithInput))
            _ = StopWhenInputEndsAsync(ended);
        var errors = new InputErrors();
        var served = _options.Of(parsed, errors);
        var options = served.Options;
        try
        {
            Check(options, errors, parsed.GetValue(_printConfig));
            if (parsed.GetValue(_printConfig))
            {
                console.WriteJson(Written(options));
                return ExitCodes.Done;
            }

            await DimecTierHost.RunAsync(
                options, ready => AnnounceToAnybody(options.Tier.Tier, ready, parsed.GetValue(_json)), ended.Token);
        }
        catch (InputException wrong)
        {
            throw served.Placed(wrong);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Who started the tier was gone before it was ready.
        }

        return ExitCodes.Done;
    }

    /// <summary>With a mistake here the tier never starts and never finds its own, so they are looked for now.</summary>
    private static void Check(DimecTierHostOptions options, InputErrors errors, bool always)
    {
        if (always || errors.Count > 0)
            DimecTierHost.Validate(options, errors);
        errors.ThrowIfAny();
    }

    private string Written(DimecTierHostOptions options)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions
        {
            Indented = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }))
        {
            _options.Write(options, json);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>A tier serves its callers, whether or not somebody reads where it answers.</summary>
    private void AnnounceToAnybody(string tier, TierAddresses ready, bool json)
    {
        try
        {
            Announce(tier, ready, json);
        }
        catch (OutputClosedException)
        {
        }
    }

    private void Announce(string tier, TierAddresses ready, bool json)
    {
        if (json)
        {
            var line = new ReadyLine(tier, ready.Http.OriginalString.TrimEnd('/'), ready.Grpc.OriginalString.TrimEnd('/'));
            console.WriteJson(JsonSerializer.Serialize(line, ReadyJson.Readable.ReadyLine));
            return;
        }

        console.WriteLine($"{tier} answers at {ready.Http} (REST) and {ready.Grpc} (gRPC). Ctrl-C stops it.");
    }

    private async Task StopWhenInputEndsAsync(CancellationTokenSource ended)
    {
        await console.In.CopyToAsync(Stream.Null, CancellationToken.None);
        await ended.CancelAsync();
    }
}

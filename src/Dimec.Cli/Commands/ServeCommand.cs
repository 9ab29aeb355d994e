using System.CommandLine;
using Dimec.Cli.Output;
using Dimec.Serving;

namespace Dimec.Cli.Commands;

/// <summary><c>dimec serve</c>: a running tier.</summary>
internal sealed class ServeCommand(CommandContext context) : ICliCommand
{
    /// <summary>Stops the tier when its standard input ends, so that it never outlives the process that started it.</summary>
    public const string StopWithInput = "--stop-with-input";

    /// <summary>What the help of every command says that runs models under ONNX Runtime.</summary>
    public const string Telemetry = "ONNX Runtime's own telemetry is off; ORT_DISABLE_TELEMETRY=0 in the environment turns it on.";

    private readonly ServeOptions _options = new();
    private readonly Option<bool> _json = new("--json") { Description = "Say where the tier answers as one line of JSON." };
    private readonly Option<bool> _stopWithInput = new(StopWithInput) { Hidden = true };

    public Command Build()
    {
        var command = new Command("serve", "Serves one tier of a bundle over the Open Inference Protocol v2 (REST and gRPC). " + Telemetry);
        _options.AddTo(command);
        command.Add(_json);
        command.Add(_stopWithInput);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        if (parsed.GetValue(_stopWithInput))
            _ = StopWhenInputEndsAsync(ended);
        try
        {
            var options = Options(parsed);
            await DimecTierHost.RunAsync(options, ready => AnnounceToAnybody(options.Tier.Tier, ready, parsed.GetValue(_json)), ended.Token);
        }
        catch (InputException wrong)
        {
            throw _options.AtFlags(wrong);
        }

        return ExitCodes.Done;
    }

    /// <summary>With a mistake here the tier never starts and never finds its own, so they are looked for now.</summary>
    private DimecTierHostOptions Options(ParseResult parsed)
    {
        var errors = new InputErrors();
        var options = _options.Of(parsed, errors);
        if (errors.Count > 0)
            DimecTierHost.Check(options, errors);
        errors.ThrowIfAny();
        return options;
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
            context.Console.WriteJson(JsonLine.Of(new { tier, http = ready.Http.OriginalString.TrimEnd('/'), grpc = ready.Grpc.OriginalString.TrimEnd('/') }));
            return;
        }

        context.Console.WriteLine($"{tier} answers at {ready.Http} (REST) and {ready.Grpc} (gRPC). Ctrl-C stops it.");
    }

    private async Task StopWhenInputEndsAsync(CancellationTokenSource ended)
    {
        await context.Console.In.CopyToAsync(Stream.Null, CancellationToken.None);
        await ended.CancelAsync();
    }
}

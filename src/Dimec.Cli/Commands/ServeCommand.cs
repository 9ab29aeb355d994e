using System.CommandLine;
using System.Net;
using Dimec.Cli.Output;
using Dimec.Serving;

namespace Dimec.Cli.Commands;

/// <summary><c>dimec serve</c>: a running tier.</summary>
internal sealed class ServeCommand(CommandContext context) : ICliCommand
{
    /// <summary>Stops the tier when its standard input ends, so that it never outlives the process that started it.</summary>
    public const string StopWithInput = "--stop-with-input";

    private readonly Argument<string> _bundle = new("BUNDLE") { Description = "The folder that 'dimec export' wrote." };
    private readonly Option<string> _tier = new("--tier") { Description = "The tier to serve, e.g. edge.", Required = true };
    private readonly Option<int> _http = new("--http-port") { Description = "The port of the REST side; 0 picks a free one.", DefaultValueFactory = _ => 8000 };
    private readonly Option<int> _grpc = new("--grpc-port") { Description = "The port of the gRPC side; 0 picks a free one.", DefaultValueFactory = _ => 8001 };
    private readonly Option<string> _address = new("--address") { Description = "The interface to listen on, e.g. 0.0.0.0 for all.", DefaultValueFactory = _ => "127.0.0.1" };
    private readonly Option<bool> _json = new("--json") { Description = "Say where the tier answers as one line of JSON." };
    private readonly Option<bool> _stopWithInput = new(StopWithInput) { Hidden = true };

    public Command Build()
    {
        var command = new Command("serve", "Serves one tier of a bundle over the Open Inference Protocol v2 (REST and gRPC).") { _bundle, _tier, _http, _grpc, _address, _json, _stopWithInput };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        if (parsed.GetValue(_stopWithInput))
            _ = StopWhenInputEndsAsync(ended);
        var options = Options(parsed);
        await DimecTierHost.RunAsync(options, ready => Announce(options.Tier.Tier, ready, parsed.GetValue(_json)), ended.Token);
        return ExitCodes.Done;
    }

    private DimecTierHostOptions Options(ParseResult parsed)
    {
        var address = parsed.GetRequiredValue(_address);
        var isAddress = IPAddress.TryParse(address, out var ip);
        var options = new DimecTierHostOptions { HttpPort = parsed.GetValue(_http), GrpcPort = parsed.GetValue(_grpc), Address = ip };
        options.Tier.Bundle = parsed.GetRequiredValue(_bundle);
        options.Tier.Tier = parsed.GetRequiredValue(_tier);
        if (!isAddress)
            RefuseAddress(address, options);
        return options;
    }

    /// <summary>With a mistake here the tier never starts and never finds its own, so they are looked for now.</summary>
    private static void RefuseAddress(string address, DimecTierHostOptions options)
    {
        var errors = new InputErrors();
        errors.Add($"--address {address}", "is no IP address", "write e.g. 127.0.0.1, or 0.0.0.0 for all interfaces");
        DimecTierHost.Check(options, errors);
        errors.ThrowIfAny();
    }

    private void Announce(string tier, TierAddresses ready, bool json)
    {
        if (json)
        {
            context.Console.Out.WriteLine(JsonLine.Of(new { tier, http = ready.Http.OriginalString.TrimEnd('/'), grpc = ready.Grpc.OriginalString.TrimEnd('/') }));
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

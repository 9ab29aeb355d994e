using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Dimec.Serving;

namespace Dimec.Cli.Commands;

/// <summary>The options of <c>dimec serve</c>, each with the library's name of what it sets: what is wrong with one is said of the flag.</summary>
internal sealed class ServeOptions
{
    private static readonly DimecTierHostOptions s_defaults = new();

    private readonly Argument<string> _bundle = new("BUNDLE") { Description = "The folder that 'dimec export' wrote." };
    private readonly Option<string> _tier = new("--tier") { Description = "The tier to serve, e.g. edge.", Required = true };
    private readonly Option<string> _address = new("--address") { Description = "The interface to listen on, e.g. 0.0.0.0 for all.", DefaultValueFactory = _ => s_defaults.Address!.ToString() };
    private readonly Option<double> _stopTimeout = Number("--stop-timeout", "Seconds that a stop waits for the requests under way, 0 to 3600; those that take longer are answered as unavailable.", s_defaults.StopTimeout.TotalSeconds);
    private readonly Option<double> _bodyTimeout = Number("--body-timeout", "Seconds that the body of a request may take to arrive, and an answer to be taken, 1 to 3600; a body that takes longer is refused.", s_defaults.Tier.BodyTimeout.TotalSeconds);
    private readonly Option<bool> _reflection = new("--reflection") { Description = "Tell callers over gRPC which services there are (grpc.reflection v1 and v1alpha), as grpcurl asks; by default not." };
    private readonly Dictionary<string, Option<long>> _numbers = new()
    {
        [nameof(DimecTierHostOptions.HttpPort)] = Number<long>("--http-port", "The port of the REST side, to 65535; 0 picks a free one.", s_defaults.HttpPort),
        [nameof(DimecTierHostOptions.GrpcPort)] = Number<long>("--grpc-port", "The port of the gRPC side, to 65535; 0 picks a free one.", s_defaults.GrpcPort),
        [nameof(DimecTierOptions.InstanceCount)] = Number<long>("--workers", "Requests that run at once, 1 to 64.", s_defaults.Tier.InstanceCount),
        [nameof(DimecTierOptions.Threads)] = Number<long>("--threads", "Threads of a single run, 1 to 1024; by default one a core.", s_defaults.Tier.Threads),
        [nameof(DimecTierOptions.MaxBatch)] = Number<long>("--max-batch", "The most rows of a request, 1 to 4096.", s_defaults.Tier.MaxBatch),
        [nameof(DimecTierOptions.MaxTokens)] = Number<long>("--max-tokens", "The most tokens of a run, rows × padded length, 16 to 1048576.", s_defaults.Tier.MaxTokens),
        [nameof(DimecTierOptions.MaxAttention)] = Number<long>("--max-attention", "The most pairs of tokens of a run, rows × padded length², 256 to 1073741824; with --max-tokens it bounds a run's memory, and a request with more is cut into several runs.", s_defaults.Tier.MaxAttention),
        [nameof(DimecTierOptions.QueueSize)] = Number<long>("--max-waiting", "Requests that may wait while others run, 1 to 65536; one more is refused.", s_defaults.Tier.QueueSize),
        [nameof(DimecTierOptions.MaxBodyBytes)] = Number<long>("--max-body-bytes", "The largest request in bytes, 1024 to 1073741824.", s_defaults.Tier.MaxBodyBytes),
        [nameof(DimecTierOptions.MaxInFlightBytes)] = Number<long>("--max-held-bytes", "The most bytes that all requests under way take, with what is made of their bodies, --max-body-bytes to 68719476736; one beyond is refused.", s_defaults.Tier.MaxInFlightBytes),
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_bundle);
        foreach (var option in new Option[] { _tier, _address }.Concat(_numbers.Values).Append(_bodyTimeout).Append(_stopTimeout).Append(_reflection))
            command.Add(option);
    }

    /// <summary>What a call asks for.</summary>
    /// <param name="parsed">The call.</param>
    /// <param name="errors">Gets what the library has no type for.</param>
    public DimecTierHostOptions Of(ParseResult parsed, InputErrors errors)
    {
        var options = new DimecTierHostOptions
        {
            HttpPort = Value(parsed, nameof(DimecTierHostOptions.HttpPort)),
            GrpcPort = Value(parsed, nameof(DimecTierHostOptions.GrpcPort)),
            Address = Address(parsed.GetRequiredValue(_address), errors),
            StopTimeout = Seconds(parsed.GetValue(_stopTimeout)),
            Reflection = parsed.GetValue(_reflection),
        };
        var tier = options.Tier;
        (tier.Bundle, tier.Tier) = (parsed.GetRequiredValue(_bundle), parsed.GetRequiredValue(_tier));
        (tier.InstanceCount, tier.Threads) = (Value(parsed, nameof(tier.InstanceCount)), Value(parsed, nameof(tier.Threads)));
        (tier.MaxBatch, tier.MaxTokens) = (Value(parsed, nameof(tier.MaxBatch)), Value(parsed, nameof(tier.MaxTokens)));
        (tier.QueueSize, tier.MaxBodyBytes) = (Value(parsed, nameof(tier.QueueSize)), Value(parsed, nameof(tier.MaxBodyBytes)));
        (tier.MaxAttention, tier.BodyTimeout) = (Value(parsed, nameof(tier.MaxAttention)), Seconds(parsed.GetValue(_bodyTimeout)));
        tier.MaxInFlightBytes = parsed.GetValue(_numbers[nameof(tier.MaxInFlightBytes)]);
        return options;
    }

    /// <summary>The same mistakes, each at its flag.</summary>
    public InputException AtFlags(InputException wrong) => new([.. wrong.Errors.Select(error => error with { Where = Flag(error.Where) })]);

    private string Flag(string name) => name switch
    {
        nameof(DimecTierOptions.Bundle) => _bundle.Name,
        nameof(DimecTierOptions.Tier) => _tier.Name,
        nameof(DimecTierHostOptions.Address) => _address.Name,
        nameof(DimecTierOptions.BodyTimeout) => _bodyTimeout.Name,
        nameof(DimecTierHostOptions.StopTimeout) => _stopTimeout.Name,
        _ => _numbers.TryGetValue(name, out var option) ? option.Name : name,
    };

    private IPAddress? Address(string text, InputErrors errors)
    {
        // Of 8000 the library makes 0.0.31.64, of 127.1 127.0.0.1: an address is written out.
        if (IPAddress.TryParse(text, out var address) && (address.AddressFamily == AddressFamily.InterNetworkV6 || address.ToString() == text))
            return address;
        errors.Add(_address.Name, $"is '{text}', no IP address", "write e.g. 127.0.0.1, or 0.0.0.0 for all interfaces");
        return s_defaults.Address;
    }

    /// <summary>What is beyond an int is beyond every range as well.</summary>
    private int Value(ParseResult parsed, string name) => (int)Math.Clamp(parsed.GetValue(_numbers[name]), int.MinValue, int.MaxValue);

    /// <summary>What no time span holds is beyond every range as well.</summary>
    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(double.IsNaN(seconds) ? -1 : Math.Clamp(seconds, -1, 1e6));

    private static Option<T> Number<T>(string name, string description, T byDefault) => new(name) { Description = description, DefaultValueFactory = _ => byDefault };
}

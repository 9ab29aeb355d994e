using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Dimec.CommandLine.Parsing;
using Dimec.Serving;

namespace Dimec.CommandLine.Serve;

/// <summary>
/// The options of <c>dimec serve</c> and <c>dimec-tier</c>, a row each: the library's property, its flag, and what the help says.
/// </summary>
internal sealed class ServeOptions
{
    private static readonly DimecTierHostOptions s_defaults = new();

    private readonly Argument<string> _bundle = new("BUNDLE") { Description = "The folder that 'dimec export' wrote." };
    private readonly Option<string> _tier = new("--tier") { Description = "The tier to serve, e.g. edge.", Required = true };

    /// <summary>In the order of the help.</summary>
    private readonly ServeOption[] _options =
    [
        Address(),
        Whole(Host(nameof(DimecTierHostOptions.HttpPort)), "--http-port", "The port of the REST side, to 65535; 0 picks a free one.",
            options => options.HttpPort, (options, value) => options.HttpPort = value),
        Whole(Host(nameof(DimecTierHostOptions.GrpcPort)), "--grpc-port", "The port of the gRPC side, to 65535; 0 picks a free one.",
            options => options.GrpcPort, (options, value) => options.GrpcPort = value),
        Whole(Tier(nameof(DimecTierOptions.InstanceCount)), "--workers", "Requests that run at once, 1 to 64.",
            options => options.Tier.InstanceCount, (options, value) => options.Tier.InstanceCount = value),
        Whole(Tier(nameof(DimecTierOptions.Threads)), "--threads", "Threads of a single run, 1 to 1024; by default one a core.",
            options => options.Tier.Threads, (options, value) => options.Tier.Threads = value),
        Whole(Tier(nameof(DimecTierOptions.MaxBatch)), "--max-batch", "The most rows of a request, 1 to 4096.",
            options => options.Tier.MaxBatch, (options, value) => options.Tier.MaxBatch = value),
        Whole(Tier(nameof(DimecTierOptions.MaxTokens)), "--max-tokens", "The most tokens of a run, rows × padded length, 16 to 1048576.",
            options => options.Tier.MaxTokens, (options, value) => options.Tier.MaxTokens = value),
        Whole(Tier(nameof(DimecTierOptions.MaxAttention)), "--max-attention",
            "The most pairs of tokens of a run, rows × padded length², 256 to 1073741824; "
            + "with --max-tokens it bounds a run's memory, and a request with more is cut into several runs.",
            options => options.Tier.MaxAttention, (options, value) => options.Tier.MaxAttention = value),
        Whole(
            Tier(nameof(DimecTierOptions.QueueSize)), "--max-waiting",
            "Requests that may wait while others run, 1 to 65536; one more is refused.",
            options => options.Tier.QueueSize, (options, value) => options.Tier.QueueSize = value),
        Whole(Tier(nameof(DimecTierOptions.MaxBodyBytes)), "--max-body-bytes", "The largest request in bytes, 1024 to 1073741824.",
            options => options.Tier.MaxBodyBytes, (options, value) => options.Tier.MaxBodyBytes = value),
        Long(Tier(nameof(DimecTierOptions.MaxInFlightBytes)), "--max-held-bytes",
            "The most bytes that all requests under way take, with what is made of their bodies, "
            + "--max-body-bytes to 68719476736; one beyond is refused.",
            options => options.Tier.MaxInFlightBytes, (options, value) => options.Tier.MaxInFlightBytes = value),
        Seconds(Tier(nameof(DimecTierOptions.BodyTimeout)), "--body-timeout",
            "Seconds that the body of a request may take to arrive, "
            + "and an answer to be taken, 1 to 3600; a body that takes longer is refused.",
            options => options.Tier.BodyTimeout, (options, value) => options.Tier.BodyTimeout = value),
        Seconds(Host(nameof(DimecTierHostOptions.StopTimeout)), "--stop-timeout",
            "Seconds that a stop waits for the requests under way, 0 to 3600; those that take longer are answered as unavailable.",
            options => options.StopTimeout, (options, value) => options.StopTimeout = value),
        Forward(),
        Seconds(Tier(nameof(DimecTierOptions.ForwardTimeout)), "--forward-timeout",
            "Seconds that such a tier may take, 0.001 to 3600; a caller that waits for less gets its answer in time.",
            options => options.Tier.ForwardTimeout, (options, value) => options.Tier.ForwardTimeout = value),
        Record(),
        Whole(Tier(nameof(DimecTierOptions.RecordLimit)), "--record-limit",
            "The most samples in that file, 256 to 1000000; where there are more, it is a uniform sample of all of them.",
            options => options.Tier.RecordLimit, (options, value) => options.Tier.RecordLimit = value),
        Reflection(),
    ];

    /// <summary>What the library's properties are called here.</summary>
    public IReadOnlyDictionary<string, string> Names => _options
        .ToDictionary(option => option.Name, option => option.Option.Name)
        .Append(new(Tier(nameof(DimecTierOptions.Bundle)), _bundle.Name))
        .Append(new(Tier(nameof(DimecTierOptions.Tier)), _tier.Name))
        .ToDictionary();

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_bundle);
        command.Add(_tier);
        foreach (var option in _options)
            command.Add(option.Option);
    }

    /// <summary>What a call asks for.</summary>
    /// <param name="parsed">The call.</param>
    /// <param name="errors">Gets what the library has no type for.</param>
    public DimecTierHostOptions Of(ParseResult parsed, InputErrors errors)
    {
        var options = new DimecTierHostOptions();
        (options.Tier.Bundle, options.Tier.Tier) = (parsed.GetRequiredValue(_bundle), parsed.GetRequiredValue(_tier));
        foreach (var option in _options)
            option.Set(parsed, options, errors);
        return options;
    }

    private static string Host(string property) => OptionNames.Key<DimecTierHostOptions>(property);

    private static string Tier(string property) => OptionNames.Key<DimecTierOptions>(property);

    private static ServeOption Address()
    {
        var option = new Option<string>("--address")
        {
            Description = "The interface to listen on, e.g. 0.0.0.0 for all.",
            DefaultValueFactory = _ => s_defaults.Address!.ToString(),
        };
        return new(Host(nameof(DimecTierHostOptions.Address)), option, (parsed, options, errors) =>
        {
            var text = parsed.GetRequiredValue(option);
            // Of 8000 the library makes 0.0.31.64, of 127.1 127.0.0.1: an address is written out.
            if (IPAddress.TryParse(text, out var address)
                && (address.AddressFamily == AddressFamily.InterNetworkV6 || address.ToString() == text))
            {
                options.Address = address;
            }
            else
            {
                errors.Add(option.Name, $"is '{text}', no IP address", "write e.g. 127.0.0.1, or 0.0.0.0 for all interfaces");
            }
        });
    }

    private static ServeOption Forward()
    {
        var option = new Option<string[]>("--forward")
        {
            Description = "NAME=URL of a deeper tier that hidden states are sent on to, where the plan has this one do so, "
                + "e.g. cloud=grpc://host:8001; may be given several times. Without, the client asks it from the text.",
        };
        return new(Tier(nameof(DimecTierOptions.Forward)), option, (parsed, options, errors) =>
        {
            foreach (var given in parsed.GetValue(option) ?? [])
                TierUrl.Add(options.Tier.Forward, option.Name, given, errors);
        });
    }

    private static ServeOption Record()
    {
        var option = new Option<string?>("--record")
        {
            Description = "A predictions file into which is recorded, behind the answers, what every exit of the bundle says of the "
                + "samples that this tier is asked for (ids and logits, no texts), for 'dimec replan'. By default nothing is.",
        };
        return new(Tier(nameof(DimecTierOptions.Record)), option, (parsed, options, _) => options.Tier.Record = parsed.GetValue(option));
    }

    private static ServeOption Reflection()
    {
        var option = new Option<bool>("--reflection")
        {
            Description =
                "Tell callers over gRPC which services there are (grpc.reflection v1 and v1alpha), as grpcurl asks; by default not.",
        };
        return new(
            Host(nameof(DimecTierHostOptions.Reflection)), option, (parsed, options, _) => options.Reflection = parsed.GetValue(option));
    }

    /// <summary>What is beyond an int is beyond every range as well.</summary>
    private static ServeOption Whole(
        string name, string flag, string description, Func<DimecTierHostOptions, int> get,
        Action<DimecTierHostOptions, int> set)
        => Long(name, flag, description, options => get(options), (options, value) =>
            set(options, (int)Math.Clamp(value, int.MinValue, int.MaxValue)));

    private static ServeOption Long(
        string name, string flag, string description, Func<DimecTierHostOptions, long> get,
        Action<DimecTierHostOptions, long> set)
    {
        var option = new Option<long>(flag) { Description = description, DefaultValueFactory = _ => get(s_defaults) };
        return new(name, option, (parsed, options, _) => set(options, parsed.GetValue(option)));
    }

    /// <summary>What no time span holds is beyond every range as well.</summary>
    private static ServeOption Seconds(
        string name, string flag, string description, Func<DimecTierHostOptions, TimeSpan> get,
        Action<DimecTierHostOptions, TimeSpan> set)
    {
        var option = new Option<double>(flag) { Description = description, DefaultValueFactory = _ => get(s_defaults).TotalSeconds };
        return new(name, option, (parsed, options, _) =>
        {
            var seconds = parsed.GetValue(option);
            set(options, TimeSpan.FromSeconds(double.IsNaN(seconds) ? -1 : Math.Clamp(seconds, -1, 1e6)));
        });
    }
}

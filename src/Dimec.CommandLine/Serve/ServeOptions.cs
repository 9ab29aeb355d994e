using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dimec.CommandLine.Parsing;
using Dimec.Serving;

namespace Dimec.CommandLine.Serve;

/// <summary>
/// The options of <c>dimec serve</c> and <c>dimec-tier</c>, a row each: the library's property, its flag, and what the help says.
/// </summary>
internal sealed class ServeOptions
{
    private static readonly DimecTierHostOptions s_defaults = new();

    private readonly Argument<string?> _bundle = new("BUNDLE")
    {
        Description = "The folder that 'dimec export' wrote, or one that 'dimec deploy' fills; may stand in the configuration instead.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _config = new("--config")
    {
        Description = $"A JSON file whose section '{ServeConfiguration.Section}' has options by their keys, as --print-config writes them. "
            + $"Variables such as {ServeConfiguration.Section}__QueueSize go before it, what stands here before both.",
    };

    /// <summary>In the order of the help.</summary>
    private readonly ServeOption[] _options =
    [
        Text(Tier(nameof(DimecTierOptions.Tier)), "--tier", "The tier to serve, e.g. edge.",
            options => options.Tier.Tier, (options, value) => options.Tier.Tier = value),
        Address(),
        Whole(Host(nameof(DimecTierHostOptions.HttpPort)), "--http-port", "The port of the REST side, to 65535; 0 picks a free one.",
            options => options.HttpPort, (options, value) => options.HttpPort = value),
        Whole(Host(nameof(DimecTierHostOptions.GrpcPort)), "--grpc-port", "The port of the gRPC side, to 65535; 0 picks a free one.",
            options => options.GrpcPort, (options, value) => options.GrpcPort = value),
        Whole(Tier(nameof(DimecTierOptions.InstanceCount)), "--workers", "Runs at once, 1 to 64; by default one a core.",
            options => options.Tier.InstanceCount, (options, value) => options.Tier.InstanceCount = value),
        Whole(Tier(nameof(DimecTierOptions.Threads)), "--threads", "Threads of a single run, 1 to 1024.",
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
            "Requests that may wait while others run, 1 to 65536; of those beyond, the one whose turn is last is refused.",
            options => options.Tier.QueueSize, (options, value) => options.Tier.QueueSize = value),
        Seconds(Tier(nameof(DimecTierOptions.BatchDelay)), "--batch-delay",
            "Seconds that a text waits for others to be run with while nothing else runs, 0 to 1.",
            options => options.Tier.BatchDelay, (options, value) => options.Tier.BatchDelay = value),
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
        .. SecurityRows.OfTier,
        Forward(),
        Seconds(Tier(nameof(DimecTierOptions.ForwardTimeout)), "--forward-timeout",
            "Seconds that such a tier may take, 0.001 to 3600; a caller that waits for less gets its answer in time.",
            options => options.Tier.ForwardTimeout, (options, value) => options.Tier.ForwardTimeout = value),
        .. SecurityRows.OfForward,
        Text(Tier(nameof(DimecTierOptions.Record)), "--record",
            "A predictions file into which is recorded, behind the answers, what every exit of the bundle says of the "
            + "samples that this tier is asked for (ids and logits, no texts), for 'dimec replan'. By default nothing is.",
            options => options.Tier.Record, (options, value) => options.Tier.Record = value),
        Whole(Tier(nameof(DimecTierOptions.RecordLimit)), "--record-limit",
            "The most samples in that file, 256 to 1000000; where there are more, it is a uniform sample of all of them.",
            options => options.Tier.RecordLimit, (options, value) => options.Tier.RecordLimit = value),
        Seconds(Tier(nameof(DimecTierOptions.ReloadInterval)), "--reload-interval",
            "Seconds from one look to the next whether 'dimec deploy' has put another bundle into the folder, 0.1 to 3600; 0 never looks.",
            options => options.Tier.ReloadInterval, (options, value) => options.Tier.ReloadInterval = value),
        Seconds(Tier(nameof(DimecTierOptions.KeepOld)), "--keep-old",
            "Seconds that the bundle served before goes on answering requests that name it, 0 to 2592000.",
            options => options.Tier.KeepOld, (options, value) => options.Tier.KeepOld = value),
        Text(Tier(nameof(DimecTierOptions.Trust)), "--trust",
            "A file in PEM with public keys or certificates: a bundle that none of them has signed is refused.",
            options => options.Tier.Trust, (options, value) => options.Tier.Trust = value),
        Otlp(),
        Switch(
            Host(nameof(DimecTierHostOptions.Metrics)), "--metrics",
            "Let Prometheus fetch /metrics from the REST side; by default it may, 'false' says no.",
            options => options.Metrics, (options, value) => options.Metrics = value),
        Switch(
            Host(nameof(DimecTierHostOptions.LivePage)), "--live-page",
            "Show what the tier does on the page /dimec of the REST side; by default it does, 'false' says no.",
            options => options.LivePage, (options, value) => options.LivePage = value),
        Switch(
            Host(nameof(DimecTierHostOptions.Reflection)), "--reflection",
            "Tell callers over gRPC which services there are (grpc.reflection v1 and v1alpha), as grpcurl asks; by default not.",
            options => options.Reflection, (options, value) => options.Reflection = value),
    ];

    /// <summary>What the library's properties are called here.</summary>
    public IReadOnlyDictionary<string, string> Names => _options
        .ToDictionary(option => option.Name, option => option.Option.Name)
        .Append(new(BundleName, _bundle.Name))
        .ToDictionary();

    private static string BundleName => Tier(nameof(DimecTierOptions.Bundle));

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_bundle);
        command.Add(_config);
        foreach (var option in _options)
            command.Add(option.Option);
    }

    /// <summary>What a call asks for, with what the configuration says beside it.</summary>
    /// <param name="parsed">The call.</param>
    /// <param name="errors">Gets what the library has no type for.</param>
    public ServedOptions Of(ParseResult parsed, InputErrors errors)
    {
        var bundle = ServeOption.KeyOf(BundleName);
        var configuration = ServeConfiguration.Read(
            parsed.GetValue(_config), [bundle, .. _options.Select(option => option.Key)], errors);
        var served = new ServedOptions(new DimecTierHostOptions());
        if (parsed.GetValue(_bundle) is { } given)
            served.Options.Tier.Bundle = given;
        else if (configuration.Of(bundle) is { Values: [var named], Place: var place })
            served.Options.Tier.Bundle = served.From(place, _bundle.Name, named);
        foreach (var option in _options)
        {
            if (parsed.GetResult(option.Option) is { Implicit: false } own)
                option.Take([.. own.Tokens.Select(token => token.Value)], option.Option.Name, served.Options, errors);
            else if (configuration.Of(option.Key) is not { } said)
                continue;
            else if (option.TakesSeveral || said.Values.Count == 1)
                option.Take(said.Values, served.From(said.Place, option.Option.Name, said.Place), served.Options, errors);
            else
                errors.Add(said.Place, $"names {said.Values.Count} values", "give one");
        }

        return served;
    }

    /// <summary>Writes options as a configuration file has them; what is not set has no key.</summary>
    /// <param name="options">The options.</param>
    /// <param name="json">Gets them.</param>
    public void Write(DimecTierHostOptions options, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartObject(ServeConfiguration.Section);
        json.WriteString(ServeOption.KeyOf(BundleName), options.Tier.Bundle);
        foreach (var option in _options)
        {
            if (option.Get(options) is not { } value)
                continue;
            json.WritePropertyName(option.Key);
            value.WriteTo(json);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    internal static string Host(string property) => OptionNames.Key<DimecTierHostOptions>(property);

    internal static string Tier(string property) => OptionNames.Key<DimecTierOptions>(property);

    private static ServeOption Address() => new(
        Host(nameof(DimecTierHostOptions.Address)),
        new Option<string>("--address")
        {
            Description = "The interface to listen on, e.g. 0.0.0.0 for all.",
            DefaultValueFactory = _ => s_defaults.Address!.ToString(),
        },
        (texts, where, options, errors) =>
        {
            // Of 8000 the library makes 0.0.31.64, of 127.1 127.0.0.1: an address is written out.
            if (IPAddress.TryParse(texts[0], out var address)
                && (address.AddressFamily == AddressFamily.InterNetworkV6 || address.ToString() == texts[0]))
            {
                options.Address = address;
            }
            else
            {
                errors.Add(where, $"is '{texts[0]}', no IP address", "write e.g. 127.0.0.1, or 0.0.0.0 for all interfaces");
            }
        },
        options => $"{options.Address}");

    private static ServeOption Forward() => new(
        Tier(nameof(DimecTierOptions.Forward)),
        new Option<string[]>("--forward")
        {
            Description = "NAME=URL of a deeper tier that hidden states are sent on to, where the plan has this one do so, "
                + "e.g. cloud=grpc://host:8001; may be given several times. Without, the client asks it from the text.",
        },
        (texts, where, options, errors) =>
        {
            foreach (var given in texts)
                TierUrl.Add(options.Tier.Forward, where, given, errors);
        },
        options => new JsonObject(
            options.Tier.Forward.Select(tier => KeyValuePair.Create(tier.Key, (JsonNode?)tier.Value.OriginalString))));

    private static ServeOption Otlp() => new(
        Host(nameof(DimecTierHostOptions.Otlp)),
        new Option<string?>("--otlp")
        {
            Description = "The collector that spans, metrics and logs are sent to by OTLP, e.g. http://collector:4317; without, the one "
                + "that OTEL_EXPORTER_OTLP_ENDPOINT names, if any. OpenTelemetry's other variables hold.",
        },
        (texts, where, options, errors) =>
        {
            if (Uri.TryCreate(texts[0], UriKind.Absolute, out var url))
                options.Otlp = url;
            else
                errors.Add(where, $"is '{texts[0]}', no address of a collector", "write e.g. http://collector:4317");
        },
        options => options.Otlp?.OriginalString);

    /// <summary>What is on where it is given, or where a configuration says true.</summary>
    internal static ServeOption Switch(
        string name, string flag, string description, Func<DimecTierHostOptions, bool> get, Action<DimecTierHostOptions, bool> set)
        => new(
            name, new Option<bool>(flag) { Description = description, DefaultValueFactory = _ => get(s_defaults) },
            (texts, where, options, errors) =>
            {
                if (texts is [])
                    set(options, true);
                else if (bool.TryParse(texts[0], out var on))
                    set(options, on);
                else
                    errors.Add(where, $"is '{texts[0]}'", "write true or false");
            },
            options => get(options));

    internal static ServeOption Text(
        string name, string flag, string description, Func<DimecTierHostOptions, string?> get, Action<DimecTierHostOptions, string> set)
        => new(
            name, new Option<string?>(flag) { Description = description },
            (texts, _, options, _) => set(options, texts[0]), options => get(options));

    /// <summary>What is beyond an int is beyond every range as well.</summary>
    internal static ServeOption Whole(
        string name, string flag, string description, Func<DimecTierHostOptions, int> get,
        Action<DimecTierHostOptions, int> set)
        => Long(name, flag, description, options => get(options), (options, value) =>
            set(options, (int)Math.Clamp(value, int.MinValue, int.MaxValue)));

    private static ServeOption Long(
        string name, string flag, string description, Func<DimecTierHostOptions, long> get,
        Action<DimecTierHostOptions, long> set)
        => new(name, Number(flag, description, get(s_defaults)), (texts, where, options, errors) =>
        {
            if (StrictOptions.Whole(texts[0], where, long.MinValue, long.MaxValue, errors.Add) is { } value)
                set(options, value);
        }, options => get(options));

    /// <summary>What no time span holds is beyond every range as well.</summary>
    private static ServeOption Seconds(
        string name, string flag, string description, Func<DimecTierHostOptions, TimeSpan> get,
        Action<DimecTierHostOptions, TimeSpan> set)
        => new(name, Number(flag, description, get(s_defaults).TotalSeconds), (texts, where, options, errors) =>
        {
            if (StrictOptions.Real(texts[0], where, errors.Add) is { } seconds)
                set(options, TimeSpan.FromSeconds(Math.Clamp(seconds, -1, 1e7)));
        }, options => get(options).TotalSeconds);

    private static Option<string> Number(string flag, string description, IFormattable usual) => new(flag)
    {
        Description = description,
        DefaultValueFactory = _ => usual.ToString(null, CultureInfo.InvariantCulture),
    };
}

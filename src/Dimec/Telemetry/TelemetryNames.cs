namespace Dimec.Telemetry;

/// <summary>What Dimec's meter, its source of spans, these spans and all attributes are called. None ever holds a text.</summary>
public static class TelemetryNames
{
    /// <summary>The meter of all instruments, for <c>AddMeter</c>.</summary>
    public const string Meter = "Dimec";

    /// <summary>The source of all spans, for <c>AddSource</c>.</summary>
    public const string ActivitySource = "Dimec";

    /// <summary>Span: a client's call with all its samples.</summary>
    public const string ClassifySpan = "dimec.classify";

    /// <summary>Span: a request to another tier, which the client (or a tier that sends hidden states on) waits for.</summary>
    public const string AskSpan = "dimec.ask";

    /// <summary>Span: a request in a tier, from its parsed body to its answer.</summary>
    public const string InferSpan = "dimec.infer";

    /// <summary>Span: the time that a request's first row waited.</summary>
    public const string QueueSpan = "dimec.queue";

    /// <summary>Span: the time that a request's rows ran.</summary>
    public const string RunSpan = "dimec.run";

    /// <summary>Attribute: the name of a tier.</summary>
    public const string Tier = "dimec.tier";

    /// <summary>Attribute: the layer number of the exit that answered; 0 for the n-gram exit.</summary>
    public const string Exit = "dimec.exit";

    /// <summary>Attribute: a model of a tier, e.g. <c>dimec_edge</c>.</summary>
    public const string Model = "dimec.model";

    /// <summary>Attribute: what came of it.</summary>
    public const string Outcome = "dimec.outcome";

    /// <summary>Attribute: the unit of the plan's costs, e.g. <c>layers</c>.</summary>
    public const string CostUnit = "dimec.cost.unit";

    /// <summary>Attribute of spans: the hash of the bundle.</summary>
    public const string Bundle = "dimec.bundle";

    /// <summary>Attribute of spans: how many samples a call has.</summary>
    public const string Samples = "dimec.samples";

    /// <summary>Attribute: the host of a tier's address (OpenTelemetry's own name).</summary>
    public const string ServerAddress = "server.address";

    /// <summary>Attribute: the port of a tier's address (OpenTelemetry's own name).</summary>
    public const string ServerPort = "server.port";

    /// <summary>Attribute: why there was no answer; absent where there was one (OpenTelemetry's own name).</summary>
    public const string ErrorType = "error.type";

    /// <summary>Attribute: the system of remote calls, <c>grpc</c> (OpenTelemetry's own name).</summary>
    public const string RpcSystem = "rpc.system.name";

    /// <summary>Attribute: the full name of a method (OpenTelemetry's own name).</summary>
    public const string RpcMethod = "rpc.method";

    /// <summary>Attribute: the status of an answer, e.g. <c>OK</c> (OpenTelemetry's own name).</summary>
    public const string RpcStatus = "rpc.response.status_code";
}

namespace Dimec.Telemetry;

/// <summary>
/// The one list of metrics. OpenTelemetry has no convention for classifiers, so that these are <c>dimec.*</c>; what it has one for has its
/// name. Buckets are explicit: exponential ones are lost on their way to Prometheus.
/// </summary>
public static class Instruments
{
    private static readonly double[] s_seconds =
        [0.0005, 0.001, 0.0025, 0.005, 0.0075, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 10];

    private static readonly double[] s_shares = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999];

    /// <summary>Samples that a client was done with.</summary>
    public static InstrumentDescription ClientSamples { get; } = new(
        "dimec.client.samples", InstrumentKind.Counter, "{sample}",
        "Samples that the plan was run for, by who answered; planned: as the plan has it, fallback: another tier in place of one that "
        + "could not be had, cached: as before, failed: nobody.")
    {
        Attributes = [TelemetryNames.Tier, TelemetryNames.Exit, TelemetryNames.Outcome],
    };

    /// <summary>Answers that were less sure than asked for.</summary>
    public static InstrumentDescription ClientAbstentions { get; } = new(
        "dimec.client.abstentions", InstrumentKind.Counter, "{sample}", "Answers that were less sure than the caller asks for.");

    /// <summary>Texts that were cut.</summary>
    public static InstrumentDescription ClientTruncations { get; } = new(
        "dimec.client.truncations", InstrumentKind.Counter, "{sample}", "Texts that were longer than the model reads, and cut.");

    /// <summary>What the samples cost.</summary>
    public static InstrumentDescription ClientCost { get; } = new(
        "dimec.client.cost", InstrumentKind.Counter, "{cost}",
        "What the samples cost by the plan's costs, all work on the way included.")
    {
        Attributes = [TelemetryNames.CostUnit],
    };

    /// <summary>What the same samples would cost in the cloud.</summary>
    public static InstrumentDescription ClientReferenceCost { get; } = new(
        "dimec.client.cost.reference", InstrumentKind.Counter, "{cost}",
        "What the same samples would have cost had the cloud answered all.")
    {
        Attributes = [TelemetryNames.CostUnit],
    };

    /// <summary>How sure answers were.</summary>
    public static InstrumentDescription ClientConfidence { get; } = new(
        "dimec.client.confidence", InstrumentKind.Histogram, "1", "How sure the answers were, 0 to 1.")
    {
        Attributes = [TelemetryNames.Tier, TelemetryNames.Exit],
        Buckets = s_shares,
    };

    /// <summary>How long a client's calls took.</summary>
    public static InstrumentDescription ClientDuration { get; } = new(
        "dimec.client.duration", InstrumentKind.Histogram, "s", "How long a client's call took, with all its samples.")
    {
        Buckets = s_seconds,
    };

    /// <summary>How long requests to other tiers took.</summary>
    public static InstrumentDescription ClientRequestDuration { get; } = new(
        "dimec.client.request.duration", InstrumentKind.Histogram, "s", "How long a request to another tier took, with its retries.")
    {
        Attributes = [TelemetryNames.Tier, TelemetryNames.ServerAddress, TelemetryNames.ServerPort, TelemetryNames.ErrorType],
        Buckets = s_seconds,
    };

    /// <summary>Whether other tiers can be had.</summary>
    public static InstrumentDescription ClientTierUp { get; } = new(
        "dimec.client.tier.up", InstrumentKind.Gauge, "{state}",
        "Whether an address of another tier can be asked: 0 while it is out and probed, else 1.")
    {
        Attributes = [TelemetryNames.Tier, TelemetryNames.ServerAddress, TelemetryNames.ServerPort],
    };

    /// <summary>The plan's shares.</summary>
    public static InstrumentDescription PlanShare { get; } = new(
        "dimec.plan.share", InstrumentKind.Gauge, "1",
        "The share of samples that the plan expects to be answered there; of exit 0 by itself.")
    {
        Attributes = [TelemetryNames.Tier, TelemetryNames.Exit],
    };

    /// <summary>The plan's saving.</summary>
    public static InstrumentDescription PlanReduction { get; } = new(
        "dimec.plan.reduction", InstrumentKind.Gauge, "1", "The share of the cloud's cost that the plan expects to save.");

    /// <summary>The plan's accuracy.</summary>
    public static InstrumentDescription PlanAccuracy { get; } = new(
        "dimec.plan.accuracy", InstrumentKind.Gauge, "1",
        "The share of right answers that the plan expects, which the mean confidence of calibrated answers is near.");

    /// <summary>How long a tier's requests took.</summary>
    public static InstrumentDescription ServerRequestDuration { get; } = new(
        "dimec.server.request.duration", InstrumentKind.Histogram, "s", "How long a tier took from a request's parsed body to its answer.")
    {
        Attributes = [TelemetryNames.Tier, TelemetryNames.Model, TelemetryNames.ErrorType],
        Buckets = s_seconds,
    };

    /// <summary>How long requests waited.</summary>
    public static InstrumentDescription ServerQueueDuration { get; } = new(
        "dimec.server.queue.duration", InstrumentKind.Histogram, "s", "How long the first row of a request waited for its run.")
    {
        Attributes = [TelemetryNames.Tier, TelemetryNames.Model],
        Buckets = s_seconds,
    };

    /// <summary>How many requests wait.</summary>
    public static InstrumentDescription ServerQueueSize { get; } = new(
        "dimec.server.queue.size", InstrumentKind.UpDownCounter, "{request}", "Requests that wait for a run, or for the rest of theirs.")
    {
        Attributes = [TelemetryNames.Tier],
    };

    /// <summary>Requests that were turned away.</summary>
    public static InstrumentDescription ServerRefusals { get; } = new(
        "dimec.server.refusals", InstrumentKind.Counter, "{request}", "Requests that were refused since the queue was full.")
    {
        Attributes = [TelemetryNames.Tier],
    };

    /// <summary>How long runs took.</summary>
    public static InstrumentDescription ServerRunDuration { get; } = new(
        "dimec.server.run.duration", InstrumentKind.Histogram, "s", "How long a run of a model took.")
    {
        Attributes = [TelemetryNames.Tier, TelemetryNames.Model],
        Buckets = s_seconds,
    };

    /// <summary>How large runs are.</summary>
    public static InstrumentDescription ServerRunRows { get; } = new(
        "dimec.server.run.rows", InstrumentKind.Histogram, "{row}", "How many rows a run had, of however many requests.")
    {
        Attributes = [TelemetryNames.Tier, TelemetryNames.Model],
        Buckets = [1, 2, 4, 8, 16, 32, 64, 128],
    };

    /// <summary>How sure a tier's answers were.</summary>
    public static InstrumentDescription ServerConfidence { get; } = new(
        "dimec.server.confidence", InstrumentKind.Histogram, "1",
        "How sure the exit was that a row of a request stopped at, 0 to 1; its count is that of rows, its exit where they stopped.")
    {
        Attributes = [TelemetryNames.Tier, TelemetryNames.Model, TelemetryNames.Exit],
        Buckets = s_shares,
    };

    /// <summary>Bundles that were deployed.</summary>
    public static InstrumentDescription BundleLoads { get; } = new(
        "dimec.bundle.loads", InstrumentKind.Counter, "{load}",
        "Bundles that were deployed while the tier ran, by what came of it: served or refused.")
    {
        Attributes = [TelemetryNames.Tier, TelemetryNames.Outcome],
    };

    /// <summary>The revision that is served.</summary>
    public static InstrumentDescription BundleRevision { get; } = new(
        "dimec.bundle.revision", InstrumentKind.Gauge, "{revision}", "The revision of the bundle that is served.")
    {
        Attributes = [TelemetryNames.Tier],
    };

    /// <summary>How long calls over gRPC took; by OpenTelemetry's convention, since .NET's server has none of its own.</summary>
    public static InstrumentDescription RpcServerCallDuration { get; } = new(
        "rpc.server.call.duration", InstrumentKind.Histogram, "s", "How long calls over gRPC took, from their headers on.")
    {
        Attributes = [TelemetryNames.RpcSystem, TelemetryNames.RpcMethod, TelemetryNames.RpcStatus, TelemetryNames.ErrorType],
        Buckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
    };

    /// <summary>All of them: the client's, the plan's, the tier's.</summary>
    public static IReadOnlyList<InstrumentDescription> All { get; } =
    [
        ClientSamples, ClientAbstentions, ClientTruncations, ClientCost, ClientReferenceCost, ClientConfidence, ClientDuration,
        ClientRequestDuration, ClientTierUp, PlanShare, PlanReduction, PlanAccuracy, ServerRequestDuration, ServerQueueDuration,
        ServerQueueSize, ServerRefusals, ServerRunDuration, ServerRunRows, ServerConfidence, BundleLoads, BundleRevision,
        RpcServerCallDuration,
    ];
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Telemetry;

namespace Dimec.Inference.Telemetry;

/// <summary>
/// What all clients of this process say of themselves, by the meter and the source of spans that are both called <c>Dimec</c>. Where
/// nobody listens, it costs next to nothing.
/// </summary>
internal static class ClientTelemetry
{
    /// <summary>The version of this library, of meters and sources; before those, which are made with it.</summary>
    public static readonly string Version = typeof(ClientTelemetry).Assembly.GetName().Version!.ToString(3);

    private static readonly Meter s_meter = new(TelemetryNames.Meter, Version);
    private static readonly ActivitySource s_source = new(TelemetryNames.ActivitySource, Version);
    private static readonly Counter<long> s_samples = s_meter.Counter<long>(Instruments.ClientSamples);
    private static readonly Counter<long> s_abstentions = s_meter.Counter<long>(Instruments.ClientAbstentions);
    private static readonly Counter<long> s_truncations = s_meter.Counter<long>(Instruments.ClientTruncations);
    private static readonly Counter<double> s_cost = s_meter.Counter<double>(Instruments.ClientCost);
    private static readonly Counter<double> s_reference = s_meter.Counter<double>(Instruments.ClientReferenceCost);
    private static readonly Histogram<double> s_confidence = s_meter.Histogram(Instruments.ClientConfidence);
    private static readonly Histogram<double> s_duration = s_meter.Histogram(Instruments.ClientDuration);
    private static readonly Histogram<double> s_request = s_meter.Histogram(Instruments.ClientRequestDuration);
    private static readonly ConcurrentDictionary<object, Address> s_states = new();
    private static readonly ConcurrentDictionary<object, Plan> s_plans = new();

    static ClientTelemetry()
    {
        s_meter.Observe(Instruments.ClientTierUp, StatesOfAddresses);
        s_meter.Observe(Instruments.PlanShare, () => s_plans.Values.SelectMany(plan => plan.Expected.Places.Select(SharesOf(plan))));
        s_meter.Observe(
            Instruments.PlanReduction, () => s_plans.Values.Select(plan => new Measurement<double>(plan.Expected.Reduction)));
        s_meter.Observe(
            Instruments.PlanAccuracy, () => s_plans.Values.Select(plan => new Measurement<double>(plan.Expected.Accuracy)));
    }

    /// <summary>A span of its own, or of whatever is under way; null: nobody listens.</summary>
    public static Activity? Begin(string name, ActivityKind kind) => s_source.StartActivity(name, kind);

    /// <summary>A span that has been, of times that were taken on the way.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="parent">What it was part of.</param>
    /// <param name="start">When it began.</param>
    /// <param name="took">How long it took.</param>
    public static void Add(string name, Activity parent, DateTimeOffset start, TimeSpan took)
    {
        using var activity = s_source.StartActivity(name, ActivityKind.Internal, parent.Context, startTime: start);
        activity?.SetEndTime((start + took).UtcDateTime);
    }

    /// <summary>Tells of a plan as long as its client is there.</summary>
    public static void Follow(object client, Plan plan) => s_plans[client] = plan;

    /// <summary>Tells whether an address can be had as long as it is somebody's.</summary>
    /// <param name="server">Whose it is.</param>
    /// <param name="tags">The tier and the address.</param>
    /// <param name="isOut">Says whether it is out.</param>
    public static void Follow(object server, KeyValuePair<string, object?>[] tags, Func<bool> isOut) =>
        s_states[server] = new Address(tags, isOut);

    /// <summary>The client or the address is there no more.</summary>
    public static void Leave(object followed)
    {
        s_plans.TryRemove(followed, out _);
        s_states.TryRemove(followed, out _);
    }

    /// <summary>A call has been answered.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="answers">The answers.</param>
    /// <param name="took">How long it took.</param>
    public static void Answered(Plan plan, IReadOnlyList<Classification> answers, TimeSpan took)
    {
        s_duration.Record(took.TotalSeconds);
        if (!s_samples.Enabled && !s_confidence.Enabled && !s_cost.Enabled)
            return;
        KeyValuePair<string, object?> unit = new(TelemetryNames.CostUnit, plan.Costs.Unit);
        foreach (var answer in answers)
        {
            Count(answer);
            s_cost.Add(answer.Cost, unit);
            s_reference.Add(plan.Costs.Cloud, unit);
        }
    }

    /// <summary>A request to another tier has ended.</summary>
    /// <param name="tags">The tier and the address.</param>
    /// <param name="took">How long it took.</param>
    /// <param name="failure">Why there is no answer; null: there is one.</param>
    public static void Asked(KeyValuePair<string, object?>[] tags, TimeSpan took, TierFailureReason? failure) =>
        s_request.Record(took.TotalSeconds, failure is { } reason ? [.. tags, new(TelemetryNames.ErrorType, WordOf(reason))] : tags);

    /// <summary>What the attribute for errors says.</summary>
    public static string WordOf<T>(T reason)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString());

    /// <summary>An address of several clients, or of several parts of one, is out where any of them has found it out.</summary>
    private static IEnumerable<Measurement<int>> StatesOfAddresses() => s_states.Values
        .GroupBy(address => string.Join(' ', address.Tags.Select(tag => tag.Value)))
        .Select(same => new Measurement<int>(same.Any(address => address.IsOut()) ? 0 : 1, same.First().Tags));

    private static void Count(Classification answer)
    {
        var outcome = answer.Error is not null ? "failed" : answer.Cached ? "cached" : answer.Fallback ? "fallback" : "planned";
        KeyValuePair<string, object?> said = new(TelemetryNames.Outcome, outcome);
        if (answer.Error is not null)
        {
            s_samples.Add(1, said);
        }
        else
        {
            KeyValuePair<string, object?> tier = new(TelemetryNames.Tier, answer.Tier);
            KeyValuePair<string, object?> exit = new(TelemetryNames.Exit, answer.Exit);
            s_samples.Add(1, tier, exit, said);
            s_confidence.Record(answer.Confidence, tier, exit);
        }

        if (answer.Abstained)
            s_abstentions.Add(1);
        if (answer.Truncated)
            s_truncations.Add(1);
    }

    private static Func<AnswerPlace, Measurement<double>> SharesOf(Plan plan) => place => place.Name == AnswerPlace.ExitZero
        ? new(place.Share, new(TelemetryNames.Tier, plan.Costs.Tiers[0].Name), new(TelemetryNames.Exit, 0))
        : new(place.Share, new KeyValuePair<string, object?>(TelemetryNames.Tier, place.Name));

    /// <summary>Somebody's address of another tier.</summary>
    /// <param name="Tags">The tier and the address.</param>
    /// <param name="IsOut">Says whether it is out.</param>
    private readonly record struct Address(KeyValuePair<string, object?>[] Tags, Func<bool> IsOut);
}

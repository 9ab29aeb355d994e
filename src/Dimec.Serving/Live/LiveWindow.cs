using System.Diagnostics.Metrics;
using System.Globalization;
using System.Runtime.InteropServices;
using Dimec.Policies;
using Dimec.Telemetry;

namespace Dimec.Serving.Live;

/// <summary>
/// What the meter <c>Dimec</c> of this process has said in the last minutes: the live page shows metrics and nothing else. Any number of
/// threads may measure.
/// </summary>
internal sealed class LiveWindow : IDisposable
{
    /// <summary>How long a slot is.</summary>
    public static readonly TimeSpan SlotLength = TimeSpan.FromSeconds(5);

    /// <summary>How many slots are kept: a quarter of an hour.</summary>
    public const int SlotCount = 180;

    private readonly TimeProvider _time;
    private readonly MeterListener _listener;
    private readonly Lock _lock = new();
    private readonly LiveSlot?[] _slots = new LiveSlot?[SlotCount];
    private readonly LiveState _state = new();

    /// <param name="time">The clock.</param>
    /// <param name="hears">Whether a meter of that name is one to hear: several hosts may be in a process.</param>
    public LiveWindow(TimeProvider time, Predicate<Meter> hears)
    {
        _time = time;
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == TelemetryNames.Meter && hears(instrument.Meter))
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Measured(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Measured(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Measured(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>All of it, as it is now.</summary>
    public LiveSnapshot Snapshot()
    {
        lock (_lock)
        {
            _state.BeginLook();
            // Calls back on this thread, which may enter the lock again.
            _listener.RecordObservableInstruments();
            var now = Now;
            LiveSlot[] slots = [.. Enumerable.Range(0, SlotCount).Select(place => At(now - SlotCount + 1 + place) ?? new LiveSlot(0))];
            return LiveSnapshot.Of(_time.GetUtcNow(), now, slots, _state);
        }
    }

    public void Dispose() => _listener.Dispose();

    private long Now => _time.GetUtcNow().Ticks / SlotLength.Ticks;

    private LiveSlot? At(long number) => _slots[number % SlotCount] is { } slot && slot.Number == number ? slot : null;

    private LiveSlot Current()
    {
        var now = Now;
        return At(now) ?? (_slots[now % SlotCount] = new LiveSlot(now));
    }

    private void Measured(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_lock)
        {
            switch (instrument.Name)
            {
                case var name when name == Instruments.ClientSamples.Name:
                    if (PlaceOf(tags) is { } place)
                        Count(Current().Answers, place, value);
                    Count(Current().Outcomes, Text(tags, TelemetryNames.Outcome) ?? "", value);
                    break;
                case var name when name == Instruments.ClientAbstentions.Name || name == Instruments.ClientTruncations.Name:
                    Count(Current().Outcomes, name, value);
                    break;
                case var name when name == Instruments.ClientCost.Name:
                    Current().Cost += value;
                    _state.Unit = Text(tags, TelemetryNames.CostUnit);
                    break;
                case var name when name == Instruments.ClientReferenceCost.Name:
                    Current().Reference += value;
                    break;
                case var name when name == Instruments.ClientDuration.Name:
                    Current().Calls.Add(value);
                    break;
                case var name when name == Instruments.ClientConfidence.Name:
                    Of(Current().Confidence, PlaceOf(tags) ?? "").Add(value);
                    break;
                case var name when name == Instruments.ClientRequestDuration.Name:
                    Of(Current().Asked, AddressOf(tags)).Add(value, Text(tags, TelemetryNames.ErrorType) is null);
                    break;
                case var name when name == Instruments.ServerRequestDuration.Name:
                    Current().Served.Add(value, Text(tags, TelemetryNames.ErrorType) is null);
                    break;
                case var name when name == Instruments.ServerConfidence.Name:
                    Of(Current().Rows, Number(tags, TelemetryNames.Exit)).Add(value);
                    break;
                case var name when name == Instruments.ServerRefusals.Name:
                    Current().Refused += (long)value;
                    break;
                default:
                    _state.Measured(instrument.Name, value, Text(tags, TelemetryNames.Tier), PlaceOf(tags), AddressOf(tags));
                    break;
            }
        }
    }

    private static void Count(Dictionary<string, long> counts, string key, double value) =>
        CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _) += (long)value;

    private static TValue Of<TKey, TValue>(Dictionary<TKey, TValue> values, TKey key)
        where TKey : notnull
        where TValue : new()
    {
        ref var value = ref CollectionsMarshal.GetValueRefOrAddDefault(values, key, out _);
        return value ??= new TValue();
    }

    /// <summary>Where it was answered; exit 0 is a place of its own. Null: nowhere.</summary>
    private static string? PlaceOf(ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        Number(tags, TelemetryNames.Exit) == 0 ? AnswerPlace.ExitZero : Text(tags, TelemetryNames.Tier);

    private static (string Tier, string Address) AddressOf(ReadOnlySpan<KeyValuePair<string, object?>> tags) => (
        Text(tags, TelemetryNames.Tier) ?? "",
        string.Create(
            CultureInfo.InvariantCulture, $"{Text(tags, TelemetryNames.ServerAddress)}:{Number(tags, TelemetryNames.ServerPort)}"));

    private static string? Text(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name) => Find(tags, name) as string;

    /// <summary>A whole number; −1: there is none.</summary>
    private static int Number(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name) => Find(tags, name) as int? ?? -1;

    private static object? Find(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var tag in tags)
        {
            if (tag.Key == name)
                return tag.Value;
        }

        return null;
    }
}

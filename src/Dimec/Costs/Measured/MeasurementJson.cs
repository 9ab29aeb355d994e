using System.Text.Json;
using Dimec.Json;
using Dimec.Statistics;

namespace Dimec.Costs.Measured;

/// <summary>The file of a measurement.</summary>
internal static class MeasurementJson
{
    public static Measurement Read(Stream stream, string where)
    {
        using var document = JsonObjectReader.Parse(stream, where);
        var errors = new InputErrors();
        var json = new JsonObjectReader(document.RootElement, where, "", errors);
        if (!json.IsObject)
            errors.ThrowIfAny();
        if (json.Has("unit") && !json.Has("buckets"))
        {
            // Nothing else is the same then.
            throw new InputException(
                where, "is a cost file, and other units are converted of what was measured",
                "give the .measured.json that was written with it");
        }

        var measurement = Read(json);
        if (errors.Count == 0)
            MeasurementRules.Check(measurement, json.WhereOf, errors);
        errors.ThrowIfAny();
        return measurement;
    }

    public static void Write(Measurement measurement, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, JsonStyle.Indented);
        json.WriteStartObject();
        json.WriteNumber("format", 1);
        Dates.Write(json, "date", measurement.Date);
        json.WriteString("machine", measurement.Machine);
        json.WriteString("bundle", measurement.Bundle);
        json.WriteStartArray("buckets");
        foreach (var bucket in measurement.Buckets)
        {
            json.WriteStartObject();
            json.WriteNumber("tokens", bucket.Tokens);
            json.WriteNumber("share", bucket.Share);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("hiddenStates", ChoiceNames.Of(measurement.HiddenStates));
        Write(json, "tokenizingMs", measurement.Tokenizing);
        Write(json, "exitZeroMs", measurement.ExitZero);
        if (measurement.Power is { } power)
        {
            json.WriteStartObject("power");
            json.WriteNumber("watts", power.Watts);
            json.WriteString("source", power.Source);
            json.WriteEndObject();
        }

        json.WriteStartArray("tiers");
        foreach (var tier in measurement.Tiers)
            Write(json, tier);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static Measurement Read(JsonObjectReader json)
    {
        json.Format(1);
        var measurement = new Measurement
        {
            Date = Dates.Read(json, "date"),
            Machine = json.String("machine"),
            Bundle = json.String("bundle"),
            Buckets = [.. json.Objects("buckets").Select(ReadBucket)],
            HiddenStates = ReadKind(json, "hiddenStates"),
            Tokenizing = ReadValue(json, "tokenizingMs"),
            ExitZero = OptionalValue(json, "exitZeroMs"),
            Power = json.Has("power") && json.Object("power") is { } power ? ReadPower(power) : null,
            Tiers = [.. json.Objects("tiers").Select(ReadTier)],
        };
        json.NoOtherKeys();
        return measurement;
    }

    private static MeasuredBucket ReadBucket(JsonObjectReader json)
    {
        var bucket = new MeasuredBucket(json.Integer("tokens") ?? 1, json.Number("share") ?? 1);
        json.NoOtherKeys();
        return bucket;
    }

    private static MeasuredPower ReadPower(JsonObjectReader json)
    {
        var power = new MeasuredPower(json.Number("watts") ?? 0, json.String("source"));
        json.NoOtherKeys();
        return power;
    }

    private static MeasuredTier ReadTier(JsonObjectReader json)
    {
        var tier = new MeasuredTier(json.String("name"), json.Integer("depth") ?? 1)
        {
            Address = json.OptionalString("address"),
            Connect = OptionalValue(json, "connectMs"),
            RoundTrip = OptionalValue(json, "roundTripMs"),
            Runs = [.. json.Objects("runs").Select(ReadRun)],
            Payloads = [.. json.Objects("payloads", required: false).Select(ReadPayload)],
        };
        json.NoOtherKeys();
        return tier;
    }

    private static MeasuredRun ReadRun(JsonObjectReader json)
    {
        var run = new MeasuredRun(
            json.Integer("from") ?? 0, json.Integer("to") ?? 1, json.Integer("tokens") ?? 1, json.Integer("rows") ?? 1,
            ReadValue(json, "ms"), json.Long("sent") ?? 0, json.Long("received") ?? 0);
        json.NoOtherKeys();
        return run;
    }

    private static MeasuredPayload ReadPayload(JsonObjectReader json)
    {
        var payload = new MeasuredPayload(
            ReadKind(json, "kind"), json.Integer("tokens") ?? 1, json.Integer("rows") ?? 1, OptionalValue(json, "ms"),
            json.Long("sent") ?? 0);
        json.NoOtherKeys();
        return payload;
    }

    private static PayloadKind ReadKind(JsonObjectReader json, string key)
    {
        var before = json.Errors.Count;
        var word = json.String(key);
        if (ChoiceNames.Find<PayloadKind>(word) is { } kind)
            return kind;
        if (json.Errors.Count == before)
            json.Problem(key, $"'{word}' is not known", $"use one of {string.Join(", ", ChoiceNames.All<PayloadKind>())}");
        return default;
    }

    private static MeasuredValue? OptionalValue(JsonObjectReader json, string key) => json.Has(key) ? ReadValue(json, key) : null;

    private static MeasuredValue ReadValue(JsonObjectReader json, string key)
    {
        if (json.Object(key) is not { } value)
            return default;
        var read = new MeasuredValue(value.Number("median") ?? 0, value.Interval("interval"), value.Integer("n") ?? 1);
        value.NoOtherKeys();
        return read;
    }

    private static void Write(Utf8JsonWriter json, MeasuredTier tier)
    {
        json.WriteStartObject();
        json.WriteString("name", tier.Name);
        json.WriteNumber("depth", tier.Depth);
        if (tier.Address is not null)
            json.WriteString("address", tier.Address);
        Write(json, "connectMs", tier.Connect);
        Write(json, "roundTripMs", tier.RoundTrip);
        json.WriteStartArray("runs");
        foreach (var run in tier.Runs)
            Write(json, run);
        json.WriteEndArray();
        if (tier.Payloads.Count > 0)
        {
            json.WriteStartArray("payloads");
            foreach (var payload in tier.Payloads)
                Write(json, payload);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, MeasuredRun run)
    {
        json.WriteStartObject();
        json.WriteNumber("from", run.From);
        json.WriteNumber("to", run.To);
        json.WriteNumber("tokens", run.Tokens);
        json.WriteNumber("rows", run.Rows);
        Write(json, "ms", run.Ms);
        json.WriteNumber("sent", run.Sent);
        json.WriteNumber("received", run.Received);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, MeasuredPayload payload)
    {
        json.WriteStartObject();
        json.WriteString("kind", ChoiceNames.Of(payload.Kind));
        json.WriteNumber("tokens", payload.Tokens);
        json.WriteNumber("rows", payload.Rows);
        Write(json, "ms", payload.Ms);
        json.WriteNumber("sent", payload.Sent);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string key, MeasuredValue? value)
    {
        if (value is not { } measured)
            return;
        json.WriteStartObject(key);
        json.WriteNumber("median", measured.Median);
        json.WriteInterval("interval", measured.Interval);
        json.WriteNumber("n", measured.Count);
        json.WriteEndObject();
    }
}

using System.Buffers;
using System.Text.Json;
using Dimec.Json;

namespace Dimec.Cartography;

/// <summary>The file <c>td_metrics.jsonl</c> of the interchange format: a line a sample with its metrics.</summary>
public static class MetricsFile
{
    /// <summary>Writes metrics as they come, so that any number of samples streams through.</summary>
    /// <param name="metrics">The samples' metrics.</param>
    /// <param name="stream">Where to; it stays open.</param>
    public static void Write(IEnumerable<SampleMetrics> metrics, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        ArgumentNullException.ThrowIfNull(stream);
        var buffer = new ArrayBufferWriter<byte>(1 << 12);
        using var json = new Utf8JsonWriter(buffer);
        foreach (var sample in metrics)
        {
            Write(json, sample);
            json.EndLine(buffer, stream);
        }
    }

    /// <summary>Reads metrics, ours or the reference implementation's.</summary>
    /// <param name="stream">The file's content.</param>
    /// <param name="where">How errors name the file.</param>
    /// <exception cref="InputException">The file is empty or a line is malformed or lacks a column;
    /// all problems of that line together.</exception>
    public static IReadOnlyList<SampleMetrics> Read(Stream stream, string where)
    {
        using var lines = new Utf8LineReader(stream, where);
        var metrics = new List<SampleMetrics>();
        while (lines.TryRead(out var line))
        {
            using var document = JsonObjectReader.ParseLine(line, $"{where} line {lines.LineNumber}");
            metrics.Add(Read(document.RootElement, $"{where} line {lines.LineNumber}"));
        }

        return metrics.Count > 0 ? metrics : throw new InputException(where, "holds no samples", "map the dynamics again");
    }

    private static void Write(Utf8JsonWriter json, SampleMetrics sample)
    {
        json.WriteStartObject();
        json.WriteGuid(sample.Guid);
        json.WriteNumber("index", sample.Index);
        json.WriteNumber("threshold_closeness", sample.ThresholdCloseness);
        json.WriteNumber("confidence", sample.Confidence);
        json.WriteNumber("variability", sample.Variability);
        json.WriteNumber("correctness", sample.Correctness);
        json.WriteNumber("forgetfulness", sample.Forgetfulness);
        json.WriteEndObject();
    }

    private static SampleMetrics Read(JsonElement element, string where)
    {
        var errors = new InputErrors();
        var json = new JsonObjectReader(element, where, "", errors);
        var metrics = new SampleMetrics(
            ReadGuid(json),
            json.Integer("index") ?? 0,
            json.Number("threshold_closeness") ?? 0,
            Share(json, "confidence"),
            Share(json, "variability"),
            json.Integer("correctness") ?? 0,
            json.Integer("forgetfulness") ?? 0);
        errors.ThrowIfAny();
        return metrics;
    }

    /// <summary>
    /// A mean of probabilities, or their deviation: what lies outside 0 … 1 by more than its rounding is something else under the name.
    /// </summary>
    private static double Share(JsonObjectReader json, string key)
    {
        var value = json.Number(key) ?? 0;
        if (value is not (>= -1e-6 and <= 1 + 1e-6))
        {
            json.Problem(
                key, FormattableString.Invariant($"is {value}"), "write the mean, or the standard deviation, of probabilities, 0 … 1");
        }

        return value;
    }

    private static SampleGuid ReadGuid(JsonObjectReader json)
    {
        if (json.IsObject && json.Element.TryGetProperty("guid", out var guid))
        {
            if (guid.ValueKind == JsonValueKind.Number)
                return new SampleGuid(guid.GetRawText(), IsNumber: true);
            if (guid.ValueKind == JsonValueKind.String)
                return new SampleGuid(guid.GetString()!);
        }

        if (json.IsObject)
            json.Problem("guid", "is missing or neither a text nor a number", "give every sample a guid");
        return default;
    }
}

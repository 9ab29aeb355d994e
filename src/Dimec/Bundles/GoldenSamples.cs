using System.Globalization;
using System.Text.Json;
using Dimec.Json;

namespace Dimec.Bundles;

/// <summary>
/// The file <c>golden.jsonl</c>, a line a sample: <c>{"text":"…","pair":null,"logits":{"2":[…],"4":[…]}}</c>.
/// </summary>
public static class GoldenSamples
{
    /// <summary>Reads the file.</summary>
    /// <param name="stream">The file's content; it is closed.</param>
    /// <param name="where">How errors name the file.</param>
    /// <returns>The samples in the file's order.</returns>
    /// <exception cref="InputException">A line is malformed; everything that is wrong with it is reported together.</exception>
    public static IReadOnlyList<GoldenSample> Read(Stream stream, string where)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var lines = new Utf8LineReader(stream, where);
        var samples = new List<GoldenSample>();
        while (lines.TryRead(out var line))
            samples.Add(ReadLine(line, $"{where} line {lines.LineNumber}"));
        return samples;
    }

    /// <summary>Writes the file.</summary>
    /// <param name="samples">The samples, in the order in which they are written.</param>
    /// <param name="stream">Where to; it stays open.</param>
    public static void Write(IEnumerable<GoldenSample> samples, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(stream);
        foreach (var sample in samples)
        {
            using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JsonStyle.Indented.Encoder }))
                WriteLine(json, sample);
            stream.WriteByte((byte)'\n');
        }
    }

    private static GoldenSample ReadLine(ReadOnlySpan<byte> line, string where)
    {
        using var document = JsonObjectReader.ParseLine(line, where);
        var errors = new InputErrors();
        var json = new JsonObjectReader(document.RootElement, where, "", errors);
        // An empty text is a sample like any other.
        var text = json.OptionalString("text");
        if (text is null)
            json.Problem("text", "is missing", "add it: a text");
        var sample = new GoldenSample(text ?? "", json.OptionalString("pair"), ReadLogits(json.Object("logits")));
        json.NoOtherKeys();
        errors.ThrowIfAny();
        return sample;
    }

    private static Dictionary<int, float[]> ReadLogits(JsonObjectReader? json)
    {
        var logits = new Dictionary<int, float[]>();
        foreach (var key in json?.Keys ?? [])
        {
            var values = json!.Numbers(key).Select(value => (float)value).ToArray();
            if (!Array.TrueForAll(values, float.IsFinite))
                json.Problem(key, "has a number beyond the range of fp32", "export the bundle again");
            if (int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var exit) && exit > 0)
                logits[exit] = values;
            else
                json.Problem(key, "is no layer number", "name each exit by its layer, from 1");
        }

        return logits;
    }

    private static void WriteLine(Utf8JsonWriter json, GoldenSample sample)
    {
        json.WriteStartObject();
        json.WriteString("text", sample.Text);
        json.WriteString("pair", sample.Pair);
        json.WriteStartObject("logits");
        foreach (var (exit, logits) in sample.Logits.OrderBy(pair => pair.Key))
        {
            json.WriteStartArray(exit.ToString(CultureInfo.InvariantCulture));
            foreach (var logit in logits)
                json.WriteNumberValue(logit);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}

using System.Buffers;
using System.Text.Json;

namespace Dimec.Json;

/// <summary>The arrays and tables that several files hold.</summary>
public static class JsonWriterExtensions
{
    /// <summary>
    /// Ends a line of JSON lines: hands what was written to the buffer on to the stream and makes both ready for the next.
    /// </summary>
    /// <param name="json">Writes into the buffer.</param>
    /// <param name="buffer">Holds the line.</param>
    /// <param name="stream">Gets the line.</param>
    public static void EndLine(this Utf8JsonWriter json, ArrayBufferWriter<byte> buffer, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(buffer);
        ArgumentNullException.ThrowIfNull(stream);
        json.Flush();
        buffer.Write("\n"u8);
        stream.Write(buffer.WrittenSpan);
        buffer.ResetWrittenCount();
        json.Reset();
    }

    /// <summary>Writes an array of texts.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="name">The key.</param>
    /// <param name="values">The values.</param>
    public static void WriteStrings(this Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(values);
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    /// <summary>Writes an array of numbers.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="name">The key.</param>
    /// <param name="values">The values.</param>
    public static void WriteNumbers(this Utf8JsonWriter json, string name, ReadOnlySpan<float> values)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }

    /// <summary>Writes an array of numbers.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="name">The key.</param>
    /// <param name="values">The values.</param>
    public static void WriteNumbers(this Utf8JsonWriter json, string name, IEnumerable<double> values)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(values);
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }

    /// <summary>Writes an object of numbers by name.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="name">The key.</param>
    /// <param name="values">The values.</param>
    public static void WriteNumbers(this Utf8JsonWriter json, string name, IReadOnlyDictionary<string, double> values)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(values);
        json.WriteStartObject(name);
        foreach (var (key, value) in values)
            json.WriteNumber(key, value);
        json.WriteEndObject();
    }
}

using System.Text.Json;
using Dimec.Files;
using Dimec.Json;

namespace Dimec.Checkpoints.Safetensors;

/// <summary>
/// A parsed and checked header: 8 bytes of length (little-endian), then that many bytes of JSON
/// <c>{"name":{"dtype","shape","data_offsets":[begin,end]}, "__metadata__":{…}}</c>; the tensors' bytes follow without gaps.
/// </summary>
internal sealed record SafetensorsHeader(
    IReadOnlyDictionary<string, SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata, long DataStart)
{
    /// <summary>The format's own limit for the header, against hostile lengths.</summary>
    private const long MostHeaderBytes = 100_000_000;
    private const string MetadataKey = "__metadata__";
    private const string Fix = "download or save the file again";

    public static SafetensorsHeader Read(Stream stream, string where)
    {
        Span<byte> prefix = stackalloc byte[8];
        if (stream.ReadAtLeast(prefix, 8, throwOnEndOfStream: false) < 8)
            throw new InputException(where, $"is {stream.Length} bytes long, too short for a safetensors header", Fix);
        var length = System.Buffers.Binary.BinaryPrimitives.ReadInt64LittleEndian(prefix);
        if (length is < 2 or > MostHeaderBytes || length > stream.Length - 8)
            RefuseForeign(stream, where);
        if (length is < 2 or > MostHeaderBytes)
            throw new InputException(where, $"states a header of {length} bytes where 2 to {MostHeaderBytes} are possible", Fix);
        if (length > stream.Length - 8)
            throw new InputException(where, $"states a header of {length} bytes but ends after {stream.Length - 8}: it is truncated", Fix);
        var json = new byte[length];
        stream.ReadExactly(json);
        var (entries, metadata) = Parse(json, where);
        CheckOffsets(entries, stream.Length - 8 - length, where);
        return new SafetensorsHeader(entries, metadata, 8 + length);
    }

    private static (Dictionary<string, SafetensorsEntry> Entries, Dictionary<string, string> Metadata) Parse(byte[] json, string where)
    {
        var entries = new Dictionary<string, SafetensorsEntry>();
        var metadata = new Dictionary<string, string>();
        using var document = JsonInput.Parse(json, $"{where} header", Fix);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new InputException(where, "has a header that is no JSON object", Fix);
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (property.Name == MetadataKey)
                ReadMetadata(property.Value, metadata, where);
            else if (!entries.TryAdd(property.Name, SafetensorsEntryReader.Read(property, where)))
                throw new InputException($"{where} tensor {property.Name}", "is named twice in the header", Fix);
        }

        return (entries, metadata);
    }

    private static void ReadMetadata(JsonElement element, Dictionary<string, string> metadata, string where)
    {
        if (element.ValueKind != JsonValueKind.Object
            || element.EnumerateObject().Any(item => item.Value.ValueKind != JsonValueKind.String))
        {
            throw new InputException($"{where} {MetadataKey}", "is no object of texts", Fix);
        }

        foreach (var item in element.EnumerateObject())
            metadata[item.Name] = item.Value.GetString()!;
    }

    /// <summary>Only where the length is impossible: eight bytes of a good one can look like the start of any format.</summary>
    private static void RefuseForeign(Stream stream, string where)
    {
        stream.Position = 0;
        Span<byte> start = stackalloc byte[64];
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (ForeignContent.Find(start) is var (problem, fix))
            throw new InputException(where, problem, fix);
        // Such as the "Entry not found" that a server answered where the weights should have come.
        if (!start.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
        {
            throw new InputException(
                where,
                $"is text and no weights: it begins with \"{System.Text.Encoding.ASCII.GetString(start[..Math.Min(start.Length, 24)])}\"",
                Fix);
        }
    }

    private static void CheckOffsets(Dictionary<string, SafetensorsEntry> entries, long available, string where)
    {
        var end = 0L;
        foreach (var entry in entries.Values.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.Begin < end)
            {
                throw new InputException(
                    $"{where} tensor {entry.Name}", $"begins at byte {entry.Begin}, inside another tensor that ends at {end}", Fix);
            }

            if (entry.Begin > end)
            {
                throw new InputException(
                    $"{where} tensor {entry.Name}", $"begins at byte {entry.Begin} where the one before ends at {end}", Fix);
            }

            if (entry.End > available)
            {
                throw new InputException($"{where} tensor {entry.Name}",
                    $"ends at byte {entry.End} of the data, of which the file holds {available}: it is truncated", Fix);
            }

            end = entry.End;
        }

        if (end != available)
            throw new InputException(where, $"holds {available} bytes of data where its header accounts for {end}", Fix);
    }
}

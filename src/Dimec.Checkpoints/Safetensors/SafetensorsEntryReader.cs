using System.Text.Json;

namespace Dimec.Checkpoints.Safetensors;

/// <summary>Reads one tensor's entry of a header and checks that its bytes fit its type and shape.</summary>
internal static class SafetensorsEntryReader
{
    private const string Fix = "download or save the file again";

    public static SafetensorsEntry Read(JsonProperty property, string where)
    {
        var at = $"{where} tensor {property.Name}";
        var entry = property.Value;
        if (entry.ValueKind != JsonValueKind.Object)
            throw new InputException(at, "is no object of dtype, shape and data_offsets", Fix);
        if (!entry.TryGetProperty("dtype", out var dtype) || dtype.ValueKind != JsonValueKind.String)
            throw new InputException(at, "has no dtype", Fix);
        var type = dtype.GetString()!;
        var (shape, count) = ReadShape(entry, at);
        var (begin, end) = ReadOffsets(entry, at);

        // The format gains types. One that is not known here says nothing of its size, and matters only where the tensor is needed.
        if (BitsOf(type) is { } bits)
        {
            var bytes = (((Int128)count * bits) + 7) / 8;
            if (end - begin != bytes)
            {
                throw new InputException(
                    at, $"spans {end - begin} bytes where {type} of shape [{string.Join(", ", shape)}] takes {bytes}", Fix);
            }
        }

        return new SafetensorsEntry(property.Name, type, shape, begin, end);
    }

    private static (int[] Shape, long Count) ReadShape(JsonElement entry, string at)
    {
        if (!entry.TryGetProperty("shape", out var element) || element.ValueKind != JsonValueKind.Array)
            throw new InputException(at, "has no shape", Fix);
        var shape = new List<int>();
        var count = 1L;
        foreach (var dimension in element.EnumerateArray())
        {
            if (dimension.ValueKind != JsonValueKind.Number
                || !dimension.TryGetInt32(out var value) || value < 0 || (value > 0 && count > long.MaxValue / value))
            {
                throw new InputException(at, $"has the impossible shape {element.GetRawText()}", Fix);
            }

            shape.Add(value);
            count *= value;
        }

        return ([.. shape], count);
    }

    private static (long Begin, long End) ReadOffsets(JsonElement entry, string at)
    {
        if (entry.TryGetProperty("data_offsets", out var offsets)
            && offsets.ValueKind == JsonValueKind.Array && offsets.GetArrayLength() == 2
            && offsets[0].ValueKind == JsonValueKind.Number && offsets[0].TryGetInt64(out var begin)
            && offsets[1].ValueKind == JsonValueKind.Number && offsets[1].TryGetInt64(out var end) && begin >= 0 && end >= begin)
        {
            return (begin, end);
        }

        throw new InputException(at, "has no data_offsets of the form [begin, end]", Fix);
    }

    private static int? BitsOf(string type) => type switch
    {
        "F4" => 4,
        "F6_E2M3" or "F6_E3M2" => 6,
        "BOOL" or "U8" or "I8" or "F8_E5M2" or "F8_E4M3" or "F8_E8M0" or "F8_E5M2FNUZ" or "F8_E4M3FNUZ" => 8,
        "I16" or "U16" or "F16" or "BF16" => 16,
        "I32" or "U32" or "F32" => 32,
        "I64" or "U64" or "F64" or "C64" => 64,
        _ => null,
    };
}

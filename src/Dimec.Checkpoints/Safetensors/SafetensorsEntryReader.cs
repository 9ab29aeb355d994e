using System.Text.Json;

namespace Dimec.Checkpoints.Safetensors;

/// <summary>Reads one tensor's entry of a header and checks that its bytes fit its type and shape.</summary>
internal static class SafetensorsEntryReader
{
    private const string Fix = "download or save the file again";

    public static SafetensorsEntry Read(JsonProperty property, string where)
    {
        var at = $"{where} tensor {property.Name}";
        var type = property.Value.TryGetProperty("dtype", out var dtype) ? dtype.GetString() : null;
        if (BytesOf(type) is not { } size)
            throw new InputException(at, type is null ? "has no dtype" : $"has the unknown dtype \"{type}\"", "save the tensor as F32, F16 or BF16");
        var (shape, count) = ReadShape(property.Value, at);
        if (!property.Value.TryGetProperty("data_offsets", out var offsets) || offsets.GetArrayLength() != 2
            || !offsets[0].TryGetInt64(out var begin) || !offsets[1].TryGetInt64(out var end) || begin < 0 || end < begin)
        {
            throw new InputException(at, "has no data_offsets of the form [begin, end]", Fix);
        }

        if (count > (long.MaxValue / size) || end - begin != count * size)
        {
            throw new InputException(
                at, $"spans {end - begin} bytes where {type} of shape [{string.Join(", ", shape)}] takes {(decimal)count * size}", Fix);
        }

        return new SafetensorsEntry(property.Name, type!, shape, begin, end);
    }

    private static (int[] Shape, long Count) ReadShape(JsonElement entry, string at)
    {
        if (!entry.TryGetProperty("shape", out var element))
            throw new InputException(at, "has no shape", Fix);
        var shape = new List<int>();
        var count = 1L;
        foreach (var dimension in element.EnumerateArray())
        {
            if (!dimension.TryGetInt32(out var value) || value < 0 || (value > 0 && count > long.MaxValue / value))
                throw new InputException(at, $"has the impossible shape {element.GetRawText()}", Fix);
            shape.Add(value);
            count *= value;
        }

        return ([.. shape], count);
    }

    private static int? BytesOf(string? type) => type switch
    {
        "BOOL" or "U8" or "I8" or "F8_E5M2" or "F8_E4M3" => 1,
        "I16" or "U16" or "F16" or "BF16" => 2,
        "I32" or "U32" or "F32" => 4,
        "I64" or "U64" or "F64" => 8,
        _ => null,
    };
}

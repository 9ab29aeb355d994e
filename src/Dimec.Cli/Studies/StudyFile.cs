using System.Text.Json;
using System.Text.Json.Serialization;
using Dimec.Costs;

namespace Dimec.Cli.Studies;

/// <summary>A step's result in a file, with what it was made from: a later call takes it as it is where that is unchanged.</summary>
internal static class StudyFile
{
    private const int Format = 1;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        // The area of a frontier may be no number, and what a record works out of its other values is not read back.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        IgnoreReadOnlyProperties = true,
        Converters = { new CostStructureConverter() },
    };

    /// <summary>Reads a result; null where there is none, or it was made from something else or by another format.</summary>
    public static T? Read<T>(string path, IReadOnlyDictionary<string, string> madeFrom)
        where T : class
    {
        if (!File.Exists(path))
            return null;
        try
        {
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize<Content<T>>(stream, s_json) is { Format: Format } content && Same(content.MadeFrom, madeFrom) ? content.Result : null;
        }
        catch (Exception broken) when (broken is JsonException or InputException or NotSupportedException)
        {
            // Whoever wrote into it: it is worked out again.
            return null;
        }
    }

    /// <summary>Writes a result.</summary>
    public static void Write<T>(string path, IReadOnlyDictionary<string, string> madeFrom, T result)
        where T : class =>
        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, new Content<T>(Format, new SortedDictionary<string, string>(madeFrom.ToDictionary(), StringComparer.Ordinal), result), s_json));

    /// <summary>A value as one line of JSON, to tell settings apart.</summary>
    public static string Text<T>(T value) => JsonSerializer.Serialize(value, s_json);

    private static bool Same(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other) =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var value) && value == pair.Value);

    private sealed record Content<T>(int Format, IReadOnlyDictionary<string, string> MadeFrom, T Result);

    /// <summary>Costs check themselves when they are made, so they are read as a cost file is.</summary>
    private sealed class CostStructureConverter : JsonConverter<CostStructure>
    {
        public override CostStructure Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            using var stream = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(document.RootElement));
            return CostStructure.Read(stream, "costs");
        }

        public override void Write(Utf8JsonWriter writer, CostStructure value, JsonSerializerOptions options)
        {
            using var stream = new MemoryStream();
            value.Write(stream);
            writer.WriteRawValue(stream.ToArray());
        }
    }
}

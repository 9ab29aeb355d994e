using System.Text.Json;
using System.Text.Json.Serialization;
using Dimec.Costs;
using Dimec.Evaluation;
using Dimec.Evaluation.Pools;
using Dimec.Files;
using Dimec.Json;
using Dimec.Studies.Ablations;

namespace Dimec.Studies.Results;

/// <summary>A step's result in a file, with what it was made from: a later call takes it as it is where that is unchanged.</summary>
internal static class StudyFile
{
    private const int Format = 1;
    private const string Again = "remove it, and it is worked out again";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        // The area of a frontier may be no number, and what a record works out of its other values is not read back.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        IgnoreReadOnlyProperties = true,
        // A file that somebody damaged is worked out again, not read as nulls that fail somewhere later.
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters =
        {
            new DocumentConverter<CostStructure>(
                (stream, where) => CostStructure.Read(stream, where), (costs, stream) => costs.Write(stream)),
            new DocumentConverter<EvaluationDocument>(
                (stream, where) => EvaluationDocument.Read(stream, where), (document, stream) => document.Write(stream)),
            new DocumentConverter<PoolTiers>(PoolTiers.Read, (pools, stream) => pools.Write(stream)),
            new DocumentConverter<AblationRun>(AblationRun.Read, (run, stream) => run.Write(stream)),
            new DocumentConverter<TrainingComparison>(TrainingComparison.Read, (comparison, stream) => comparison.Write(stream)),
            new DocumentConverter<AblationTable>(AblationTable.Read, (table, stream) => table.Write(stream)),
        },
    };

    /// <summary>Reads a result; null where there is none, or it was made from something else or by another format.</summary>
    public static T? Read<T>(string path, IReadOnlyDictionary<string, string> madeFrom)
        where T : class
    {
        if (!File.Exists(path))
            return null;
        var bytes = InputFile.ReadAllBytes(path);
        try
        {
            using var document = JsonInput.ParseObject(bytes, path, Again);
            return document.Deserialize<Content<T>>(s_json) is { Format: Format } content && Same(content.MadeFrom, madeFrom)
                ? content.Result
                : null;
        }
        catch (Exception broken) when (broken is JsonException or InputException
            or NotSupportedException or InvalidOperationException or FormatException or ArgumentException or OverflowException)
        {
            // Whoever wrote into it: it is worked out again.
            return null;
        }
    }

    /// <summary>What a result says that it was made from; nothing where there is none that can be read.</summary>
    public static IReadOnlyDictionary<string, string> MadeFrom(string path)
    {
        try
        {
            using var document = JsonInput.ParseObject(InputFile.ReadAllBytes(path), path, Again);
            return document.RootElement.GetProperty("madeFrom").Deserialize<Dictionary<string, string>>(s_json) ?? [];
        }
        catch (Exception broken) when (broken is JsonException or InputException or InvalidOperationException or KeyNotFoundException)
        {
            return new Dictionary<string, string>();
        }
    }

    /// <summary>Writes a result.</summary>
    public static void Write<T>(string path, IReadOnlyDictionary<string, string> madeFrom, T result)
        where T : class =>
        AtomicFile.Write(path, stream => JsonSerializer.Serialize(
            stream, new Content<T>(Format, new SortedDictionary<string, string>(madeFrom.ToDictionary(), StringComparer.Ordinal), result),
            s_json));

    /// <summary>A value as one line of JSON, to tell settings apart.</summary>
    public static string Text<T>(T value) => JsonSerializer.Serialize(value, s_json);

    private static bool Same(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other) =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var value) && value == pair.Value);

    private sealed record Content<T>(int Format, IReadOnlyDictionary<string, string> MadeFrom, T Result);

    /// <summary>A document that has a file format of its own, which checks it as it is read.</summary>
    private sealed class DocumentConverter<T>(Func<Stream, string, T> read, Action<T, Stream> write) : JsonConverter<T>
        where T : class
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            using var stream = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(document.RootElement));
            return read(stream, typeof(T).Name);
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
        {
            using var stream = new MemoryStream();
            write(value, stream);
            writer.WriteRawValue(stream.ToArray());
        }
    }
}

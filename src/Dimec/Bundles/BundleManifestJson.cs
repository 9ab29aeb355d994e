using System.Text.Json;
using Dimec.Json;
using Dimec.Predictions;

namespace Dimec.Bundles;

/// <summary>The JSON of <see cref="BundleManifest"/>.</summary>
internal static class BundleManifestJson
{
    private const string OtherVersion = "use a version of Dimec that knows it, or export the bundle again";

    public static BundleManifest Read(Stream stream, string where)
    {
        using var document = JsonObjectReader.Parse(stream, where);
        var errors = new InputErrors();
        var json = new JsonObjectReader(document.RootElement, where, "", errors);
        json.Format(BundleManifest.Format);
        var manifest = new BundleManifest
        {
            Revision = json.Integer("revision") ?? 1,
            Name = json.String("name"),
            Labels = json.Strings("labels"),
            MaxLength = json.Integer("maxLength") ?? int.MaxValue,
            HasPair = json.Boolean("hasPair"),
            UsesTokenTypes = json.Boolean("usesTokenTypes"),
            // A bundle that names none was written before there was a choice.
            Precision = ReadChoice<ModelPrecision>(json, "precision") ?? ModelPrecision.Fp32,
            Tokenizer = json.String("tokenizer"),
            Plan = json.String("plan"),
            Golden = json.OptionalString("golden"),
            GoldenProcessor = ReadChoice<ProcessorKind>(json, "goldenProcessor"),
            Ngram = json.OptionalString("ngram"),
            Embeddings = ReadEmbeddings(json.Object("embeddings")),
            Tiers = [.. json.Objects("tiers").Select(ReadTier)],
            Stretches = json.Has("stretches") ? [.. json.Objects("stretches").Select(ReadStretch)] : [],
            Files = [.. json.Objects("files").Select(ReadFile)],
        };
        json.NoOtherKeys();
        // Half a manifest would only fail the rules for what is already reported as absent.
        if (errors.Count == 0)
            BundleManifestRules.Check(manifest, json);
        errors.ThrowIfAny();
        return manifest;
    }

    public static void Write(BundleManifest manifest, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, JsonStyle.Indented);
        json.WriteStartObject();
        json.WriteNumber("format", BundleManifest.Format);
        json.WriteNumber("revision", manifest.Revision);
        json.WriteString("name", manifest.Name);
        json.WriteStrings("labels", manifest.Labels);
        json.WriteNumber("maxLength", manifest.MaxLength);
        json.WriteBoolean("hasPair", manifest.HasPair);
        json.WriteBoolean("usesTokenTypes", manifest.UsesTokenTypes);
        // Left out where it is the default, so that readers that know no other go on reading such bundles.
        if (manifest.Precision != ModelPrecision.Fp32)
            json.WriteString("precision", ChoiceNames.Of(manifest.Precision));
        json.WriteString("tokenizer", manifest.Tokenizer);
        json.WriteString("plan", manifest.Plan);
        json.WriteString("golden", manifest.Golden);
        if (manifest.GoldenProcessor is { } processor)
            json.WriteString("goldenProcessor", ChoiceNames.Of(processor));
        if (manifest.Ngram is { } ngram)
            json.WriteString("ngram", ngram);
        WriteEmbeddings(json, manifest.Embeddings);
        json.WriteStartArray("tiers");
        foreach (var tier in manifest.Tiers)
            WriteTier(json, tier);
        json.WriteEndArray();
        if (manifest.Stretches.Count > 0)
        {
            json.WriteStartArray("stretches");
            foreach (var stretch in manifest.Stretches)
                WriteStretch(json, stretch);
            json.WriteEndArray();
        }

        json.WriteStartArray("files");
        foreach (var file in manifest.Files)
            WriteFile(json, file);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static EmbeddingTables ReadEmbeddings(JsonObjectReader? json)
    {
        if (json is null)
        {
            return new EmbeddingTables(
                "", 0, ReadSlice(null), ReadSlice(null), ReadSlice(null), ReadSlice(null), ReadSlice(null), 0, default);
        }

        var tables = new EmbeddingTables(
            json.String("file"),
            json.Integer("hidden") ?? 0,
            ReadSlice(json.Object("word")),
            ReadSlice(json.Object("position")),
            json.IsNull("tokenType") ? null : ReadSlice(json.Object("tokenType")),
            ReadSlice(json.Object("normWeight")),
            ReadSlice(json.Object("normBias")),
            json.Number("normEpsilon") ?? 0,
            ReadKind(json));
        json.NoOtherKeys();
        return tables;
    }

    /// <summary>A bundle that names no kind was written before there was a choice.</summary>
    private static EmbeddingKind ReadKind(JsonObjectReader json)
    {
        var isKnown = json.OptionalString("kind") is not { } name || ChoiceNames.Find<EmbeddingKind>(name) is not null;
        var kind = ReadChoice<EmbeddingKind>(json, "kind") ?? EmbeddingKind.LayerNorm;
        var pooling = json.String("pooling");
        if (isKnown && pooling.Length > 0 && pooling != PoolingOf(kind))
            json.Problem("pooling", $"is '{pooling}'", OtherVersion);
        return kind;
    }

    /// <summary>A choice by its word; null where the key is absent, or the word is not known, which is reported.</summary>
    private static T? ReadChoice<T>(JsonObjectReader? json, string key)
        where T : struct, Enum
    {
        if (json?.OptionalString(key) is not { } name)
            return null;
        var value = ChoiceNames.Find<T>(name);
        if (value is null)
            json.Problem(key, $"is '{name}'", OtherVersion);
        return value;
    }

    private static string PoolingOf(EmbeddingKind kind) => kind == EmbeddingKind.TokenNorms ? "none" : "mean";

    private static TableSlice ReadSlice(JsonObjectReader? json)
    {
        var slice = new TableSlice(json?.Long("offset") ?? 0, json?.Integer("rows") ?? 0, json?.Integer("columns") ?? 0)
        {
            Numbers = ReadChoice<ModelPrecision>(json, "numbers") ?? ModelPrecision.Fp32,
            Scales = json is not null && json.Has("scales") ? json.Long("scales") : null,
        };
        json?.NoOtherKeys();
        return slice;
    }

    private static BundleTier ReadTier(JsonObjectReader json)
    {
        var tier = new BundleTier(json.String("name"), json.Integer("depth") ?? 0, json.Integer("exit") ?? 0, json.String("model"))
        {
            // The models of earlier bundles hold their weights themselves.
            Weights = json.Has("weights") ? json.Strings("weights") : [],
        };
        json.NoOtherKeys();
        return tier;
    }

    private static BundleStretch ReadStretch(JsonObjectReader json)
    {
        var stretch = new BundleStretch(
            new LayerStretch(json.Integer("from") ?? 0, json.Integer("to") ?? 0), json.String("model"), json.Strings("weights"),
            json.Strings("tiers"));
        json.NoOtherKeys();
        return stretch;
    }

    private static BundleFile ReadFile(JsonObjectReader json)
    {
        var file = new BundleFile(json.String("name"), json.Long("size") ?? 0, json.String("sha256"));
        json.NoOtherKeys();
        return file;
    }

    private static void WriteEmbeddings(Utf8JsonWriter json, EmbeddingTables tables)
    {
        json.WriteStartObject("embeddings");
        json.WriteString("file", tables.File);
        json.WriteNumber("hidden", tables.Hidden);
        WriteSlice(json, "word", tables.Word);
        WriteSlice(json, "position", tables.Position);
        // Said, not left out: a table that got lost would change every e(x).
        if (tables.TokenType is { } types)
            WriteSlice(json, "tokenType", types);
        else
            json.WriteNull("tokenType");
        WriteSlice(json, "normWeight", tables.NormWeight);
        WriteSlice(json, "normBias", tables.NormBias);
        json.WriteNumber("normEpsilon", tables.NormEpsilon);
        json.WriteString("pooling", PoolingOf(tables.Kind));
        // Left out where it is the default, so that readers that know no other go on reading such bundles.
        if (tables.Kind != EmbeddingKind.LayerNorm)
            json.WriteString("kind", ChoiceNames.Of(tables.Kind));
        json.WriteEndObject();
    }

    private static void WriteSlice(Utf8JsonWriter json, string name, TableSlice slice)
    {
        json.WriteStartObject(name);
        json.WriteNumber("offset", slice.Offset);
        json.WriteNumber("rows", slice.Rows);
        json.WriteNumber("columns", slice.Columns);
        if (slice.Numbers != ModelPrecision.Fp32)
            json.WriteString("numbers", ChoiceNames.Of(slice.Numbers));
        if (slice.Scales is { } scales)
            json.WriteNumber("scales", scales);
        json.WriteEndObject();
    }

    private static void WriteTier(Utf8JsonWriter json, BundleTier tier)
    {
        json.WriteStartObject();
        json.WriteString("name", tier.Name);
        json.WriteNumber("depth", tier.Depth);
        json.WriteNumber("exit", tier.Exit);
        json.WriteString("model", tier.Model);
        if (tier.Weights.Count > 0)
            json.WriteStrings("weights", tier.Weights);
        json.WriteEndObject();
    }

    private static void WriteStretch(Utf8JsonWriter json, BundleStretch stretch)
    {
        json.WriteStartObject();
        json.WriteNumber("from", stretch.Layers.From);
        json.WriteNumber("to", stretch.Layers.To);
        json.WriteString("model", stretch.Model);
        json.WriteStrings("weights", stretch.Weights);
        json.WriteStrings("tiers", stretch.Tiers);
        json.WriteEndObject();
    }

    private static void WriteFile(Utf8JsonWriter json, BundleFile file)
    {
        json.WriteStartObject();
        json.WriteString("name", file.Name);
        json.WriteNumber("size", file.Size);
        json.WriteString("sha256", file.Sha256);
        json.WriteEndObject();
    }
}

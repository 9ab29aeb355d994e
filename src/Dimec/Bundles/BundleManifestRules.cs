using Dimec.Display;
using Dimec.Json;
using Dimec.Predictions;

namespace Dimec.Bundles;

/// <summary>
/// What must hold between the parts of a manifest. A bundle comes over the network: its names must not lead out of its folder.
/// </summary>
internal static class BundleManifestRules
{
    public static void Check(BundleManifest manifest, JsonObjectReader json)
    {
        if (manifest.Revision < 1)
            json.Problem("revision", $"is {manifest.Revision}", "number revisions from 1");
        if (manifest.Labels.Count < 2 || manifest.Labels.Distinct().Count() != manifest.Labels.Count)
            json.Problem("labels", "are fewer than two or hold one twice", "export the bundle again");
        if (manifest.MaxLength < 3)
            json.Problem("maxLength", $"is {manifest.MaxLength}", "allow [CLS], a token and [SEP] at least");
        if (manifest.UsesTokenTypes && manifest.Embeddings.TokenType is null)
            json.Problem("usesTokenTypes", "is true, where embeddings.tokenType says that tokens have no types", "export the bundle again");
        CheckTables(manifest.Embeddings, json);
        CheckFiles(manifest, json);
        CheckTiers(manifest.Tiers, json);
        CheckStretches(manifest, json);
    }

    /// <summary>Numbers of 8 bits stand for nothing without their scales.</summary>
    private static void CheckTables(EmbeddingTables tables, JsonObjectReader json)
    {
        Check("word", tables.Word);
        Check("position", tables.Position);
        if (tables.TokenType is { } types)
            Check("tokenType", types);
        Check("normWeight", tables.NormWeight);
        Check("normBias", tables.NormBias);

        void Check(string key, TableSlice table)
        {
            if (table.Numbers == ModelPrecision.Int8 != table.Scales is not null)
            {
                json.Problem(
                    $"embeddings.{key}.scales",
                    table.Scales is null ? "are missing, which int8 needs" : $"are given, which {ChoiceNames.Of(table.Numbers)} has not",
                    "export the bundle again");
            }
        }
    }

    private static void CheckFiles(BundleManifest manifest, JsonObjectReader json)
    {
        var files = manifest.Files.Select(file => file.Name).ToHashSet();
        for (var i = 0; i < manifest.Files.Count; i++)
            CheckFile(manifest.Files[i], $"files[{i}]", json);
        if (files.Count != manifest.Files.Count)
            json.Problem("files", "names a file twice", "export the bundle again");
        string?[] used =
        [
            manifest.Tokenizer,
            manifest.Plan,
            manifest.Golden,
            manifest.Ngram,
            manifest.Embeddings.File,
            .. manifest.Tiers.SelectMany(tier => tier.Weights.Prepend(tier.Model)),
            .. manifest.Stretches.SelectMany(stretch => stretch.Weights.Prepend(stretch.Model)),
        ];
        string[] first = [.. manifest.Tiers.Take(1).SelectMany(tier => tier.Weights.Prepend(tier.Model))];
        if (first.Length > 0 && !first.Contains(manifest.Embeddings.File))
        {
            json.Problem(
                "embeddings.file",
                $"is '{manifest.Embeddings.File}', where the first tier's model is in {string.Join(", ", first)}",
                "export the bundle again");
        }

        foreach (var name in used.Where(name => name is { Length: > 0 } && !files.Contains(name)).Distinct())
            json.Problem("files", $"does not list '{name}', which the bundle uses", "export the bundle again");
    }

    private static void CheckFile(BundleFile file, string key, JsonObjectReader json)
    {
        if (file.Name.Length > 0 && (file.Name is "." or ".." or BundleManifest.FileName or BundleManifest.SignatureFile
            || file.Name.AsSpan().ContainsAny('/', '\\', ':') || !Printable.IsPlain(file.Name)))
        {
            json.Problem($"{key}.name", $"'{file.Name}' is no plain file name", "export the bundle again, or do not trust it");
        }

        if (file.Size < 0)
            json.Problem($"{key}.size", $"is {file.Size}", "export the bundle again");
        if (file.Sha256.Length != 64 || !file.Sha256.All(char.IsAsciiHexDigitLower))
            json.Problem($"{key}.sha256", "is not 64 lower-case hexadecimal digits", "export the bundle again");
    }

    private static void CheckTiers(IReadOnlyList<BundleTier> tiers, JsonObjectReader json)
    {
        if (tiers.Count < 2)
            json.Problem("tiers", $"has {tiers.Count} tiers", "export the bundle again with at least two");
        if (tiers.Select(tier => tier.Name).Distinct().Count() != tiers.Count)
            json.Problem("tiers", "holds a name twice", "give every tier a name of its own");
        for (var t = 0; t < tiers.Count; t++)
        {
            if (tiers[t].Depth < 1 || (t > 0 && tiers[t].Depth <= tiers[t - 1].Depth))
            {
                json.Problem(
                    $"tiers[{t}].depth", $"is {tiers[t].Depth}",
                    "order the tiers by depth, from 1 layer on, each deeper than the one before");
            }

            if (tiers[t].Exit < 1 || tiers[t].Exit > tiers[t].Depth)
                json.Problem($"tiers[{t}].exit", $"is {tiers[t].Exit} at depth {tiers[t].Depth}", "name a layer that the tier runs");
        }
    }

    private static void CheckStretches(BundleManifest manifest, JsonObjectReader json)
    {
        foreach (var (place, (layers, _, _, tiers)) in manifest.Stretches.Index())
        {
            var key = $"stretches[{place}]";
            if (layers.From < 0 || layers.To <= layers.From)
                json.Problem(key, $"goes from layer {layers.From} to {layers.To}", "export the bundle again");
            if (manifest.Stretches.Take(place).Any(before => before.Layers == layers))
                json.Problem(key, $"is the layers {layers.From + 1} to {layers.To} a second time", "export the bundle again");
            if (tiers.Count == 0)
                json.Problem($"{key}.tiers", "are none", "export the bundle again");
            foreach (var name in tiers)
            {
                if (manifest.Tiers.FirstOrDefault(tier => tier.Name == name) is not { } tier)
                    json.Problem($"{key}.tiers", $"has '{name}', which is no tier", "export the bundle again");
                else if (tier.Depth < layers.To)
                    json.Problem($"{key}.to", $"is {layers.To}, where {name} has {tier.Depth} layers", "export the bundle again");
            }
        }
    }
}

using System.Security.Cryptography;
using Dimec.Bundles;
using Dimec.Checkpoints;
using Dimec.Costs;
using Dimec.Export;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Predictions;
using Dimec.Text;

namespace Dimec.Testing.Bundles;

/// <summary>A bundle of a small random encoder, for tests of whatever opens and serves bundles.</summary>
public static class TinyBundle
{
    /// <summary>As many tokens as <see cref="RandomCheckpoint.Config"/> has rows.</summary>
    public static string Vocabulary { get; } = string.Join('\n',
        [.. "[PAD] [UNK] [CLS] [SEP] [MASK] the film is good bad not a very and plot ##s dull bright".Split(' '),
            .. Enumerable.Range(0, 32).Select(i => $"word{i}")]);

    /// <summary>The tokenizer of <see cref="Vocabulary"/>.</summary>
    public static WordPieceTokenizer Tokenizer()
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Vocabulary));
        return WordPieceTokenizer.FromVocabulary(stream, lowercase: true);
    }

    /// <summary>A plan over tiers of the given depths, with the default costs, that sends everything to one of them.</summary>
    public static Plan Plan(string policy = "cloud", params int[] depths)
    {
        var costs = CostStructure.Default(depths.Length == 0 ? [1, 2, 3] : depths);
        return new Plan
        {
            Factory = PolicyList.Default.Find(policy, costs, "policy"),
            Parameters = NoParameters.Instance,
            Costs = costs,
            Expected = new ExpectedOutcome(0.5, costs.Cloud, 0, 0, new Dictionary<string, double> { [policy] = 1 }),
        };
    }

    /// <summary>What a bundle of three tiers, mobile, edge and cloud, at depths 1, 2 and 3 is made of.</summary>
    public static BundleRequest Request(Checkpoint? checkpoint = null, Plan? plan = null) => new()
    {
        Checkpoint = checkpoint ?? RandomCheckpoint.Create(),
        Plan = plan ?? Plan(),
        WriteTokenizer = Tokenizer().WriteTokenizerJson,
    };

    /// <summary>Writes a bundle with golden answers, the formulas' own.</summary>
    public static BundleManifest Write(
        string folder, Checkpoint? checkpoint = null, Plan? plan = null, EmbeddingKind embedding = EmbeddingKind.LayerNorm,
        ModelPrecision precision = ModelPrecision.Fp32)
    {
        var request = Request(checkpoint, plan) with { Embedding = embedding, Precision = precision };
        return BundleWriter.Write(request with { Golden = [Golden(request, "the film is good"), Golden(request, "a dull plot")] }, folder);
    }

    /// <summary>Puts other content in the place of a file and makes the manifest vouch for it.</summary>
    public static void Replace(string folder, string file, byte[] content)
    {
        File.WriteAllBytes(Path.Combine(folder, file), content);
        Rewrite(folder, manifest => manifest with
        {
            Files = [.. manifest.Files.Select(entry => entry.Name == file
                ? new BundleFile(file, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)))
                : entry)],
        });
    }

    /// <summary>Changes the manifest.</summary>
    public static void Rewrite(string folder, Func<BundleManifest, BundleManifest> change)
    {
        var path = Path.Combine(folder, "bundle.json");
        BundleManifest manifest;
        using (var stream = File.OpenRead(path))
            manifest = BundleManifest.Read(stream, path);
        using var written = File.Create(path);
        change(manifest).Write(written);
    }

    private static GoldenSample Golden(BundleRequest request, string text)
    {
        var encoding = Tokenizer().Encode(text, null, request.Checkpoint.Exits!.MaxLength);
        return new GoldenSample(text, null, request.Plan.Costs.Tiers.ToDictionary(
            tier => tier.Depth,
            tier => Logits(request.Checkpoint, encoding, tier.Depth).Select(logit => (float)logit).ToArray()));
    }

    private static double[] Logits(Checkpoint checkpoint, TokenizedText encoding, int exit) => checkpoint.Config.Architecture.HasTokenTypes
        ? new ReferenceEncoder(checkpoint).Logits(encoding.Ids, encoding.TypeIds, exit)
        : new DistilBertReference(checkpoint).Logits(encoding.Ids, exit);
}

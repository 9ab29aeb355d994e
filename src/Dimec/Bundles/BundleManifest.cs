using System.Globalization;
using Dimec.Predictions;

namespace Dimec.Bundles;

/// <summary>The file <c>bundle.json</c>: what a bundle holds and what its tiers need to know.</summary>
public sealed record BundleManifest
{
    /// <summary>The number of the file's format.</summary>
    public const int Format = 1;

    /// <summary>The file's name in a bundle's folder.</summary>
    public const string FileName = "bundle.json";

    /// <summary>What the file of golden answers is called where a bundle has one.</summary>
    public const string GoldenFile = "golden.jsonl";

    /// <summary>What the file of the n-gram exit is called where a bundle has one.</summary>
    public const string NgramFile = "ngram.bin";

    /// <summary>
    /// What the file is called that has the signature of this one, where a bundle is signed; it is not listed here, where it could not be.
    /// </summary>
    public const string SignatureFile = "bundle.sig";

    /// <summary>The bundle's revision, from 1: the model version in a tier's URL.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>The model's name.</summary>
    public string Name { get; init; } = "dimec";

    /// <summary>The labels in the order of the classes; at least two.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>The largest number of tokens in a sample; longer ones are truncated.</summary>
    public required int MaxLength { get; init; }

    /// <summary>True where a sample is a pair of texts.</summary>
    public bool HasPair { get; init; }

    /// <summary>True where the models take <c>token_type_ids</c>.</summary>
    public bool UsesTokenTypes { get; init; }

    /// <summary>In what numbers the models compute; what goes in and comes out is fp32 always.</summary>
    public ModelPrecision Precision { get; init; }

    /// <summary>The tokenizer's file: vocabulary and normaliser settings.</summary>
    public string Tokenizer { get; init; } = "tokenizer.json";

    /// <summary>The plan's file.</summary>
    public string Plan { get; init; } = "plan.json";

    /// <summary>The file of golden answers, or null where there is none.</summary>
    public string? Golden { get; init; } = GoldenFile;

    /// <summary>
    /// Where the golden answers are the exported models' own: on what processor they were computed. Null where they are the trained
    /// model's, or there are none.
    /// </summary>
    public ProcessorKind? GoldenProcessor { get; init; }

    /// <summary>The file of the n-gram exit, or null where the plan asks for none.</summary>
    public string? Ngram { get; init; }

    /// <summary>Where the router finds the embedding layer's tables.</summary>
    public required EmbeddingTables Embeddings { get; init; }

    /// <summary>The length of e(x).</summary>
    public int EmbeddingSize => Embeddings.Kind == EmbeddingKind.TokenNorms ? MaxLength : Embeddings.Hidden;

    /// <summary>The tiers, shallowest first; the plan's costs name them in the same order.</summary>
    public required IReadOnlyList<BundleTier> Tiers { get; init; }

    /// <summary>The stretches of layers that the plan has tiers run, beside the whole of their layers.</summary>
    public IReadOnlyList<BundleStretch> Stretches { get; init; } = [];

    /// <summary>Every file of the bundle but <c>bundle.json</c> itself and its signature.</summary>
    public required IReadOnlyList<BundleFile> Files { get; init; }

    /// <summary>What the file of a tier's model is called.</summary>
    /// <param name="tier">The tier's name.</param>
    public static string ModelFile(string tier) => $"{tier}.onnx";

    /// <summary>What the file of a stretch's model is called.</summary>
    /// <param name="layers">The layers.</param>
    public static string ModelFile(LayerStretch layers) => $"{TierNames.StretchModel(layers)}.onnx";

    /// <summary>What the file is called that holds the weights of some layers, for all models that have them.</summary>
    /// <param name="first">The first layer; with it, where it is 1, the embeddings.</param>
    /// <param name="last">The last one.</param>
    public static string WeightsFile(int first, int last) =>
        string.Create(CultureInfo.InvariantCulture, $"layers_{first}_{last}.weights");

    /// <summary>Reads a manifest and checks it.</summary>
    /// <param name="stream">The file's content.</param>
    /// <param name="where">How errors name the file.</param>
    /// <exception cref="InputException">Everything that is wrong with the file, together.</exception>
    public static BundleManifest Read(Stream stream, string where) => BundleManifestJson.Read(stream, where);

    /// <summary>Writes the manifest.</summary>
    /// <param name="stream">Where to; it stays open.</param>
    public void Write(Stream stream) => BundleManifestJson.Write(this, stream);
}

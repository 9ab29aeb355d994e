using Dimec.Bundles;
using Dimec.Checkpoints;
using Dimec.Planning;
using Dimec.Predictions;

namespace Dimec.Export;

/// <summary>What a bundle is made of.</summary>
public sealed record BundleRequest
{
    /// <summary>The trained encoder; it must have an exit at the depth of every tier of the plan.</summary>
    public required Checkpoint Checkpoint { get; init; }

    /// <summary>The plan; its costs name the tiers and their depths.</summary>
    public required Plan Plan { get; init; }

    /// <summary>What e(x) is made of: what the run recorded, and the plan's centroids are means of. Default: after the LayerNorm.</summary>
    public EmbeddingKind Embedding { get; init; }

    /// <summary>In what numbers the models compute. Default: fp32, as trained.</summary>
    public ModelPrecision Precision { get; init; }

    /// <summary>Writes the tokenizer's <c>tokenizer.json</c> to the stream that it gets.</summary>
    public required Action<Stream> WriteTokenizer { get; init; }

    /// <summary>Writes the file of the n-gram exit to the stream that it gets; null where the plan asks for none.</summary>
    public Action<Stream>? WriteNgram { get; init; }

    /// <summary>Samples with the trained model's logits at every tier's exit; with none, the bundle holds no golden answers.</summary>
    public IReadOnlyList<GoldenSample> Golden { get; init; } = [];

    /// <summary>
    /// Asks the exported models for their own answers to <see cref="Golden"/>, which take the place of the trained model's: what a bundle's
    /// models are compared with has to be what they say, and in few bits that is something else. It gets the folder of the bundle, complete
    /// but for golden answers. Null: the trained model's stay.
    /// </summary>
    public Func<string, IReadOnlyList<GoldenSample>, ExportedGolden>? AsExported { get; init; }

    /// <summary>The bundle's revision, from 1: the model version in a tier's URL. Default 1.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>By what it is signed; null, the default: it is not.</summary>
    public BundleSigningKey? SigningKey { get; init; }
}

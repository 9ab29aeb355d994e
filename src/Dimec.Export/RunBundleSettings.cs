using Dimec.Bundles;
using Dimec.Checkpoints;
using Dimec.Policies;
using Dimec.Predictions;
using Dimec.Text;

namespace Dimec.Export;

/// <summary>What goes into the bundle of a run and a plan beside these, and how.</summary>
public sealed record RunBundleSettings
{
    /// <summary>The bundle's revision, from 1: the model version in a tier's URL. Default: that of the plan.</summary>
    public int? Revision { get; init; }

    /// <summary>In what numbers the models compute. Default: fp32, as trained.</summary>
    public ModelPrecision Precision { get; init; }

    /// <summary>
    /// Gets the trained model's answers to a few texts, which the bundle's models are checked against: <c>GoldenAnswers.Of</c> of
    /// <c>Dimec.Training</c> does, on libtorch. Null for a bundle without them.
    /// </summary>
    public Func<Checkpoint, WordPieceTokenizer, CancellationToken, IReadOnlyList<GoldenSample>>? Golden { get; init; }

    /// <summary>
    /// Asks the exported models for their own answers, which take the place of the trained model's: see
    /// <see cref="BundleRequest.AsExported"/>. <c>BundleExits.Answer</c> of <c>Dimec.Inference</c> does, on ONNX Runtime.
    /// </summary>
    public Func<string, IReadOnlyList<GoldenSample>, ExportedGolden>? AsExported { get; init; }

    /// <summary>By what it is signed; null, the default: it is not.</summary>
    public BundleSigningKey? SigningKey { get; init; }

    /// <summary>The policies that the plan may be of; null for those of this library.</summary>
    public PolicyList? Policies { get; init; }
}

using Dimec.Checkpoints;
using Dimec.Predictions;
using Dimec.Text;
using Dimec.Training.Data;
using Dimec.Training.Evaluation;
using Dimec.Training.Model;

namespace Dimec.Training;

/// <summary>
/// A trained encoder with its exits under libtorch: the reference that exported models are compared with.
/// Not for use by several threads at once.
/// </summary>
public sealed class TrainedModel : IDisposable
{
    private readonly Parameters _parameters;
    private readonly ModelShape _shape;

    /// <summary>Loads the weights.</summary>
    /// <param name="checkpoint">A trained checkpoint: one with exits.</param>
    /// <param name="embedding">What e(x) is made of.</param>
    /// <exception cref="InputException">The checkpoint has no exits.</exception>
    public TrainedModel(Checkpoint checkpoint, EmbeddingKind embedding = EmbeddingKind.LayerNorm)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        var exits = checkpoint.Exits ?? throw new InputException("checkpoint", "has no exits", "give the model folder of a finished run");
        Native.TorchLibrary.Load();
        _shape = new ModelShape(checkpoint.Config, exits, HeadDropout: 0) { Embedding = embedding };
        _parameters = new Parameters(new ParameterLayout(_shape));
        _parameters.CopyFrom(checkpoint.Weights);
        Predictor = new Predictor(new MultiExitEncoder(_parameters, _shape), _shape, checkpoint.Config.PadTokenId);
    }

    internal Predictor Predictor { get; }

    /// <summary>Answers a part without dropout.</summary>
    /// <param name="part">The samples.</param>
    /// <param name="encode">Turns a sample into token ids, at most as many as the model's longest input.</param>
    /// <param name="cancellationToken">Stops after a batch.</param>
    /// <returns>Every exit's logits and e(x), in the part's order.</returns>
    public RecordedExits Predict(Dataset part, Func<Sample, TokenizedText> encode, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(encode);
        return Predictor.Predict(
            EncodedPart.Encode(part, TokenTypes.For(encode, _shape.Encoder), cancellationToken), () => { }, cancellationToken);
    }

    /// <summary>Embeds a part; no layer runs.</summary>
    /// <param name="part">The samples.</param>
    /// <param name="encode">Turns a sample into token ids, at most as many as the model's longest input.</param>
    /// <param name="cancellationToken">Stops after a batch.</param>
    /// <returns>e(x) of each sample, in the part's order.</returns>
    public SampleEmbeddings Embed(Dataset part, Func<Sample, TokenizedText> encode, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(encode);
        var values = Predictor.Embed(
            EncodedPart.Encode(part, TokenTypes.For(encode, _shape.Encoder), cancellationToken), () => { }, cancellationToken);
        return new SampleEmbeddings([.. part.Samples.Select(sample => sample.Guid)], _shape.EmbeddingSize, values)
        {
            Kind = _shape.Embedding,
        };
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose() => _parameters.Dispose();
}

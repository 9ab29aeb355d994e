using Dimec.Checkpoints;
using Dimec.Predictions;

namespace Dimec.Training.Model;

/// <summary>What is trained: the encoder's layers up to the last exit, and the exits' heads.</summary>
internal sealed record ModelShape(EncoderConfig Encoder, ExitHeadConfig Exits, double HeadDropout)
{
    /// <summary>What e(x) is made of; no part of the model, but of what it is asked for.</summary>
    public EmbeddingKind Embedding { get; init; }

    /// <summary>The length of e(x).</summary>
    public int EmbeddingSize => Embedding == EmbeddingKind.TokenNorms ? Exits.MaxLength : Encoder.HiddenSize;

    /// <summary>Layers that exist and run: those up to the last exit.</summary>
    public int Layers => Exits.Exits[^1];

    /// <summary>The same model with no exit but the last.</summary>
    public ModelShape WithLastExitOnly() => this with { Exits = Exits with { Exits = [Layers] } };

    public int Classes => Exits.Labels.Count;

    public bool HasPooler => Exits.Head == ExitHeadConfig.PoolerHead;

    public bool PoolsMean => Exits.Pooling == ExitHeadConfig.MeanPooling;
}

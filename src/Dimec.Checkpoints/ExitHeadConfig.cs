namespace Dimec.Checkpoints;

/// <summary>
/// The classifiers that training attached to an encoder: the <c>dimec</c> object and the labels of <c>model/config.json</c>.
/// </summary>
/// <param name="Exits">Layers that carry an exit, counted from 1, ascending.</param>
/// <param name="Head"><see cref="PoolerHead"/> or <see cref="LinearHead"/>.</param>
/// <param name="Pooling"><see cref="ClsPooling"/> or <see cref="MeanPooling"/>.</param>
/// <param name="Labels">The classes' names in the order of the logits; at least two.</param>
/// <param name="MaxLength">The longest input in tokens that the exits were trained with, [CLS] and [SEP] included.</param>
public sealed record ExitHeadConfig(IReadOnlyList<int> Exits, string Head, string Pooling, IReadOnlyList<string> Labels, int MaxLength)
{
    /// <summary>Dense H→H, tanh, dropout, dense H→classes on the pooled hidden state.</summary>
    public const string PoolerHead = "pooler";

    /// <summary>A single dense layer H→classes on the pooled hidden state.</summary>
    public const string LinearHead = "linear";

    /// <summary>The hidden state of the first token, [CLS].</summary>
    public const string ClsPooling = "cls";

    /// <summary>The mean of the hidden states of all real tokens, [CLS] and [SEP] included, padding excluded.</summary>
    public const string MeanPooling = "mean";

    /// <summary>Whether the exits were trained on pairs of texts.</summary>
    public bool HasPair { get; init; }
}

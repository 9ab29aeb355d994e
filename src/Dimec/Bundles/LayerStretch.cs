namespace Dimec.Bundles;

/// <summary>Some of the encoder's layers in a row, as one model runs them.</summary>
/// <param name="From">The layers before it, whose hidden states it goes on from; 0: it begins with the tokens.</param>
/// <param name="To">Its last layer, at whose exit it answers.</param>
public readonly record struct LayerStretch(int From, int To);

using Dimec.Bundles;

namespace Dimec.Inference;

/// <summary>
/// Runs a padded batch through a stretch of layers, as <see cref="TierModel.Run(LayerStretch, TierInput, Span{float}, Span{float})"/> does.
/// </summary>
/// <param name="layers">The stretch.</param>
/// <param name="input">The batch.</param>
/// <param name="logits">Receives batch × classes.</param>
/// <param name="hidden">Receives batch × length × hidden; empty where the states are not wanted.</param>
internal delegate void TierRun(LayerStretch layers, TierInput input, Span<float> logits, Span<float> hidden);

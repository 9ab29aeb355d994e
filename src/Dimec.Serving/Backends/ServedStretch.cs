using Dimec.Bundles;

namespace Dimec.Serving.Backends;

/// <summary>A stretch of layers that a tier has a model of.</summary>
/// <param name="Layers">The layers.</param>
/// <param name="GivesHidden">Whether the model gives the states after the last of them.</param>
internal sealed record ServedStretch(LayerStretch Layers, bool GivesHidden);

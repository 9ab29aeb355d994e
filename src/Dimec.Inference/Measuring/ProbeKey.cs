using Dimec.Bundles;
using Dimec.Costs.Measured;

namespace Dimec.Inference.Measuring;

/// <summary>One thing that is measured in every round.</summary>
/// <param name="Tier">The tier's place, from 0.</param>
/// <param name="Payload">What is sent and not run; null: a batch that is run.</param>
/// <param name="Layers">The layers that are run.</param>
/// <param name="Tokens">Tokens a sample.</param>
/// <param name="Rows">Samples.</param>
internal readonly record struct ProbeKey(int Tier, PayloadKind? Payload, LayerStretch Layers, int Tokens, int Rows);

using Dimec.Bundles;
using Dimec.Predictions;

namespace Dimec.Export;

/// <summary>What exported models answer to golden samples.</summary>
/// <param name="Samples">The samples, with the models' logits in the place of the trained one's.</param>
/// <param name="Processor">On what processor they were computed.</param>
public sealed record ExportedGolden(IReadOnlyList<GoldenSample> Samples, ProcessorKind? Processor);

using Dimec.Costs;
using Dimec.Runs;
using Dimec.Studies.Settings;

namespace Dimec.Studies;

/// <summary>A training of a study.</summary>
/// <param name="Task">The task.</param>
/// <param name="Seed">The seed of the split and the training.</param>
/// <param name="Variant">Another way to train; null for the study's own.</param>
/// <param name="Folder">Where the run goes.</param>
/// <param name="Depths">The first set of tier depths, which a variant may be about.</param>
public sealed record StudyRun(TaskSpec Task, long Seed, TrainingVariant? Variant, RunFolder Folder, CostStructure Depths);

using Dimec.Predictions;

namespace Dimec.Studies.Ablations;

/// <summary>Two trainings from one seed that differ in one choice, recorded on the same samples.</summary>
/// <param name="Base">The training that the other is measured against.</param>
/// <param name="Other">The other training; its samples may stand in another order.</param>
public sealed record TrainingPair(RecordedExits Base, RecordedExits Other);

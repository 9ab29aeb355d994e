namespace Dimec.Training.Resume;

/// <summary>What a saved state keeps beside the tensors; everything else of a run is a function of its settings and the step.</summary>
/// <param name="Step">Steps that have been made.</param>
/// <param name="Losses">The monitor's losses.</param>
internal sealed record TrainingState(int Step, LossHistory Losses);

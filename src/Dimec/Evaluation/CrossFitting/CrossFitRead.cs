using Dimec.Policies;
using Dimec.Predictions;

namespace Dimec.Evaluation.CrossFitting;

/// <summary>What a plan of one half did with the other one; where there was no plan, what the cloud did.</summary>
/// <param name="Run">What it did.</param>
/// <param name="Part">The half that it was read on.</param>
/// <param name="Kept">Whether it kept the drop on the half that it was made on.</param>
/// <param name="HasCandidates">Whether there was any candidate.</param>
internal sealed record CrossFitRead(PolicyRun Run, RecordedExits Part, bool Kept, bool HasCandidates);

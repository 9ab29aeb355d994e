namespace Dimec.Studies.Steps;

/// <summary>A step of a study. It leaves its result in a file, or nothing.</summary>
/// <param name="Kind">What steps it takes about as long as, for as much work.</param>
/// <param name="Name">What it does to what.</param>
/// <param name="Work">How much there is to do, in a unit of the kind's own.</param>
/// <param name="Run">Does it; false where an earlier call had done it.</param>
internal sealed record StudyStep(StepKind Kind, string Name, double Work, Func<CancellationToken, bool> Run);

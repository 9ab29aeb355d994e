namespace Dimec.Training.Tests.Made;

/// <summary>Is told of each training step at once, on the training's own thread.</summary>
internal sealed class StepWatch(Action<int> reached) : IProgress<TrainingProgress>
{
    public List<int> Steps { get; } = [];

    public List<TrainingProgress> All { get; } = [];

    public void Report(TrainingProgress value)
    {
        All.Add(value);
        if (value.Phase != TrainingPhase.Training)
            return;
        Steps.Add(value.Step);
        reached(value.Step);
    }
}

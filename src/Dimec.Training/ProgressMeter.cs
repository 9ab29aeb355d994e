using Dimec.Training.Resume;

namespace Dimec.Training;

/// <summary>Turns finished steps into speed and time left.</summary>
internal sealed class ProgressMeter(IProgress<TrainingProgress>? progress, TimeProvider time)
{
    private readonly Queue<(long Stamp, int Samples)> _latest = new();
    private long _start = time.GetTimestamp();
    private long _samples;

    /// <summary>Samples a second since <see cref="Begin"/>, checkpoints included.</summary>
    public double Overall => _samples == 0 ? 0 : _samples / Math.Max(1e-9, time.GetElapsedTime(_start).TotalSeconds);

    public void Begin()
    {
        _start = time.GetTimestamp();
        _samples = 0;
        _latest.Clear();
        _latest.Enqueue((_start, 0));
    }

    public void Step(int samples, int epoch, int epochs, int step, int steps, double loss)
    {
        _samples += samples;
        _latest.Enqueue((time.GetTimestamp(), samples));
        if (_latest.Count > LossHistory.Window)
            _latest.Dequeue();
        var seconds = time.GetElapsedTime(_latest.Peek().Stamp).TotalSeconds;
        var speed = seconds <= 0 ? 0 : _latest.Skip(1).Sum(item => item.Samples) / seconds;
        TimeSpan? left = seconds <= 0 ? null : TimeSpan.FromSeconds(seconds / (_latest.Count - 1) * (steps - step));
        progress?.Report(new TrainingProgress(TrainingPhase.Training, epoch, epochs, step, steps, speed, loss, left));
    }

    /// <summary>Says what was found in the texts.</summary>
    public void Notes(IReadOnlyList<string> notes, int epochs)
    {
        if (notes.Count > 0)
        {
            progress?.Report(
                new TrainingProgress(TrainingPhase.Tokenizing, epochs, epochs, 1, 1, 0, double.NaN, TimeLeft: null) { Notes = notes });
        }
    }

    public void Phase(TrainingPhase phase, int epochs, int done, int of)
    {
        var seconds = time.GetElapsedTime(_start).TotalSeconds;
        TimeSpan? left = done == 0 || seconds <= 0 ? null : TimeSpan.FromSeconds(seconds / done * (of - done));
        progress?.Report(new TrainingProgress(phase, epochs, epochs, done, of, 0, double.NaN, left));
    }
}

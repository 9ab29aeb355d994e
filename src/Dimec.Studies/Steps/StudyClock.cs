using System.Globalization;

namespace Dimec.Studies.Steps;

/// <summary>Estimates how long the rest of a study takes, from the steps that it has made.</summary>
internal sealed class StudyClock
{
    private readonly Dictionary<StepKind, (double Seconds, double Work)> _made = [];

    /// <summary>A step was made.</summary>
    public void Made(StudyStep step, TimeSpan took)
    {
        var (seconds, work) = _made.GetValueOrDefault(step.Kind);
        _made[step.Kind] = (seconds + took.TotalSeconds, work + step.Work);
    }

    /// <summary>How long steps take.</summary>
    public TimeSpan Of(IEnumerable<StudyStep> steps) => TimeSpan.FromSeconds(steps.Sum(step =>
        step.Work * (_made.TryGetValue(step.Kind, out var made) && made.Work > 0 ? made.Seconds / made.Work : step.Kind.SecondsPerUnit)
        / (step.Kind.IsParallel ? Environment.ProcessorCount : 1)));

    /// <summary>A time to read: 1:02:03, or 2:03.</summary>
    public static string Text(TimeSpan span) => span.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours}:{span.Minutes:00}:{span.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes}:{span.Seconds:00}");
}

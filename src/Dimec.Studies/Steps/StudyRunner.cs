using System.Globalization;

namespace Dimec.Studies.Steps;

/// <summary>Makes the steps of a study in their order, and says how far it is.</summary>
internal sealed class StudyRunner(Action<string> progress, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly StudyClock _clock = new();
    private readonly HashSet<StudyStep> _open = [];
    private int _steps;
    private int _done;

    /// <summary>Makes the steps; neighbours of one parallel kind run at once, on as many threads as there are processors.</summary>
    /// <param name="steps">The steps. A step may count on all that stand before the first of its kind.</param>
    /// <param name="stop">Stops between steps, and inside those that can; the same call goes on from there.</param>
    public void Run(IReadOnlyList<StudyStep> steps, CancellationToken stop)
    {
        _open.UnionWith(steps);
        _steps = steps.Count;
        for (var i = 0; i < steps.Count;)
        {
            var kind = steps[i].Kind;
            StudyStep[] together = [.. steps.Skip(i).TakeWhile(step => step.Kind == kind)];
            if (kind.IsParallel)
                InParallel(together, stop);
            else
                Array.ForEach(together, step => Make(step, stop));
            i += together.Length;
        }
    }

    private void InParallel(StudyStep[] steps, CancellationToken stop)
    {
        try
        {
            Parallel.ForEach(
                steps, new ParallelOptions { CancellationToken = stop, MaxDegreeOfParallelism = Environment.ProcessorCount },
                step => Make(step, stop));
        }
        catch (AggregateException several)
        {
            // What went wrong in one thread is the user's one sentence, whatever the others had begun.
            var first = several.Flatten().InnerExceptions.OrderBy(exception => exception is OperationCanceledException).First();
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
        }
    }

    private void Make(StudyStep step, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        if (!step.Kind.IsParallel)
            Say(step, "");
        var began = time.GetTimestamp();
        var made = step.Run(stop);
        var took = time.GetElapsedTime(began);
        lock (_lock)
        {
            _done++;
            _open.Remove(step);
            if (made)
                _clock.Made(step, took);
        }

        if (made)
            Say(step, $": done in {StudyClock.Text(took)}");
    }

    private void Say(StudyStep step, string what)
    {
        lock (_lock)
        {
            var left = _open.Count == 0 ? "" : $"; about {StudyClock.Text(_clock.Of(_open))} left of the study";
            progress(string.Create(CultureInfo.InvariantCulture, $"[{_done}/{_steps}] {step.Name}{what}{left}"));
        }
    }
}

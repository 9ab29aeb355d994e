namespace Dimec.Serving.Live;

/// <summary>Requests: how long they took, and how many had no answer.</summary>
internal sealed class LiveRequests
{
    public LiveHistogram Durations { get; } = new();

    public long Failed { get; private set; }

    /// <param name="seconds">How long it took.</param>
    /// <param name="isAnswered">Whether it has an answer.</param>
    public void Add(double seconds, bool isAnswered)
    {
        Durations.Add(seconds);
        if (!isAnswered)
            Failed++;
    }

    /// <param name="other">Requests that are to be here as well.</param>
    public void Add(LiveRequests other)
    {
        Durations.Add(other.Durations);
        Failed += other.Failed;
    }
}

namespace Dimec.Serving.Scheduling;

/// <summary>How fast work has been done lately, in tokens × layers a second of one instance.</summary>
internal sealed class WorkRate
{
    /// <summary>What the newest run weighs: a few dozen runs back is forgotten.</summary>
    private const double Newest = 0.1;

    private double _rate;

    /// <summary>Takes a run into account.</summary>
    public void Add(double work, TimeSpan took)
    {
        if (took <= TimeSpan.Zero)
            return;
        var rate = work / took.TotalSeconds;
        _rate = _rate == 0 ? rate : _rate + (Newest * (rate - _rate));
    }

    /// <summary>How long so many instances take for that much work; zero before the first run.</summary>
    public TimeSpan TimeOf(double work, int instances) => _rate == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(work / _rate / instances);
}

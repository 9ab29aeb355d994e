namespace Dimec.Serving.Bench;

/// <summary>What came of requests.</summary>
internal sealed class Load
{
    private readonly List<double> _times = [];
    private int _refused;

    public double Seconds { get; set; }

    /// <summary>Answers a second.</summary>
    public double Rate => _times.Count / Seconds;

    /// <summary>Refused requests of all.</summary>
    public double Refused => (double)_refused / (_refused + _times.Count);

    public void Add(bool answered, double milliseconds)
    {
        lock (_times)
        {
            if (answered)
                _times.Add(milliseconds);
            else
                _refused++;
        }
    }

    /// <summary>Milliseconds that so much of the answers took at most.</summary>
    public double Percentile(double share)
    {
        _times.Sort();
        return _times.Count == 0 ? double.NaN : _times[Math.Min(_times.Count - 1, (int)(share * _times.Count))];
    }
}

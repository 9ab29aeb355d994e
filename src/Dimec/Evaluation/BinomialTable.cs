namespace Dimec.Evaluation;

/// <summary>A binomial distribution as a table of its cumulative probabilities, for many draws from the same one.</summary>
internal sealed class BinomialTable
{
    private readonly int _first;
    private readonly double[] _cumulative;

    /// <summary>Tabulates Binomial(n, p) within 12 standard deviations of its mean; what lies beyond is below 1e-30.</summary>
    public BinomialTable(int n, double p)
    {
        if (n == 0 || p <= 0 || p >= 1)
        {
            (_first, _cumulative) = (p >= 1 ? n : 0, [1]);
            return;
        }

        var spread = (12 * Math.Sqrt(n * p * (1 - p))) + 12;
        _first = (int)Math.Max(0, Math.Floor((n * p) - spread));
        var last = (int)Math.Min(n, Math.Ceiling((n * p) + spread));
        _cumulative = new double[last - _first + 1];
        var sum = 0.0;
        for (var k = _first; k <= last; k++)
        {
            sum += Math.Exp(IncompleteBeta.LogGamma(n + 1.0) - IncompleteBeta.LogGamma(k + 1.0) - IncompleteBeta.LogGamma(n - k + 1.0)
                + (k * Math.Log(p)) + ((n - k) * Math.Log(1 - p)));
            _cumulative[k - _first] = sum;
        }
    }

    /// <summary>One draw, from a number uniform in [0, 1).</summary>
    public int Draw(double uniform)
    {
        var place = Array.BinarySearch(_cumulative, uniform * _cumulative[^1]);
        return _first + (place >= 0 ? Math.Min(place + 1, _cumulative.Length - 1) : Math.Min(~place, _cumulative.Length - 1));
    }
}

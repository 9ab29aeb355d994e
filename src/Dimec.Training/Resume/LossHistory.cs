using System.Globalization;

namespace Dimec.Training.Resume;

/// <summary>The losses of the latest steps and each epoch's mean; tells when training diverges.</summary>
internal sealed class LossHistory
{
    /// <summary>Steps that are averaged; single batches are far too noisy.</summary>
    public const int Window = 50;

    /// <summary>Fewer tell nothing: a few wild steps can come at the start of any training.</summary>
    private const int Least = 25;
    private readonly Queue<double> _latest = new();
    private readonly List<double> _epochs = [];
    private double _epochSum;
    private int _epochSteps;

    /// <summary>Mean loss of each finished epoch.</summary>
    public IReadOnlyList<double> Epochs => _epochs;

    /// <summary>Mean loss of the latest steps; NaN before the first.</summary>
    public double Latest => _latest.Count == 0 ? double.NaN : _latest.Average();

    public void Add(double loss)
    {
        _latest.Enqueue(loss);
        if (_latest.Count > Window)
            _latest.Dequeue();
        _epochSum += loss;
        _epochSteps++;
    }

    public void EndEpoch()
    {
        _epochs.Add(_epochSum / Math.Max(1, _epochSteps));
        (_epochSum, _epochSteps) = (0, 0);
    }

    /// <summary>
    /// Whether the latest losses are twice that of guessing, ln(classes), where training begins: nothing that learns stays there.
    /// </summary>
    public bool HasExploded(int classes) => _latest.Count >= Least && Latest > 2 * Math.Log(classes);

    public string Serialize() => string.Join(';', new[] { [.. _latest], _epochs, [_epochSum, _epochSteps] }.Select(
        list => string.Join(',', list.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))));

    /// <exception cref="FormatException">The text is not what <see cref="Serialize"/> writes.</exception>
    public static LossHistory Parse(string text)
    {
        var lists = text.Split(';').Select(list => list.Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(value => double.Parse(value, CultureInfo.InvariantCulture)).ToArray()).ToArray();
        if (lists.Length != 3 || lists[2].Length != 2)
            throw new FormatException("Three lists are expected.");
        var history = new LossHistory { _epochSum = lists[2][0], _epochSteps = (int)lists[2][1] };
        Array.ForEach(lists[0], history._latest.Enqueue);
        history._epochs.AddRange(lists[1]);
        return history;
    }
}

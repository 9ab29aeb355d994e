using System.Globalization;
using Dimec.Inference;
using Dimec.Predictions;
using Dimec.Text;

namespace Dimec.Precision.Bench;

/// <summary>What the exits of runs answer in fp32 and in fewer bits: a row an exit of each run, and one an exit of all together.</summary>
internal sealed class AccuracyTable
{
    private const int Alone = 500;

    private readonly SortedDictionary<int, List<Row>> _all = [];

    private sealed record Row(bool Before, bool After, bool SameLabel, float Distance);

    /// <summary>Compares the bundles of a run over its dev part.</summary>
    public void Add(string name, Bundle before, Bundle after, Dataset dev)
    {
        var (exact, rounded) = (BundleExits.Record(before, dev), BundleExits.Record(after, dev));
        for (var e = 0; e < exact.Exits.Count; e++)
        {
            var (right, found) = (exact.Right(e), rounded.Right(e));
            Row[] rows = [.. Enumerable.Range(0, exact.Count).Select(i => new Row(
                right[i], found[i], exact.Answer(i, e).Label == rounded.Answer(i, e).Label,
                Distance(exact.Logits(i, e), rounded.Logits(i, e))))];
            using var model = TierModel.Load(after, after.Manifest.Tiers[e].Name);
            var alone = dev.Samples.Take(Alone).Index().Count(one => Softmax.ArgMax(model.Run(
                [after.Tokenizer.Encode(one.Item.Text, one.Item.Pair, after.Manifest.MaxLength)])) == rounded.Answer(one.Index, e).Label);
            Write(name, exact.Exits[e], rows, string.Create(
                CultureInfo.InvariantCulture, $"{alone / (double)Math.Min(Alone, dev.Samples.Count):P1}"));
            if (!_all.TryGetValue(e, out var together))
                _all[e] = together = [];
            together.AddRange(rows);
        }
    }

    /// <summary>All runs' samples together, where there are several runs.</summary>
    /// <param name="exits">The exits.</param>
    public void WriteTogether(IReadOnlyList<int> exits)
    {
        foreach (var (place, rows) in _all)
            Write("all", exits[place], rows, "");
    }

    private static void Write(string name, int exit, IReadOnlyList<Row> rows, string alone)
    {
        double[] differences = [.. rows.Select(row => (row.After ? 1.0 : 0) - (row.Before ? 1.0 : 0))];
        var mean = differences.Average();
        var error = 1.96 * Math.Sqrt(differences.Average(d => (d - mean) * (d - mean)) / differences.Length);
        Console.WriteLine(
            $"| {name} | {exit} | {rows.Count:#,0} "
            + $"| {rows.Average(row => row.Before ? 1 : 0):P2} | {rows.Average(row => row.After ? 1 : 0):P2} "
            + $"| {100 * mean:+0.00;−0.00;0.00} [{100 * (mean - error):0.00}, {100 * (mean + error):0.00}] "
            + $"| {rows.Average(row => row.SameLabel ? 1 : 0):P2} | {rows.Max(row => row.Distance):0.00} | {alone} |");
    }

    private static float Distance(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        var largest = 0f;
        for (var i = 0; i < one.Length; i++)
            largest = Math.Max(largest, Math.Abs(one[i] - other[i]));
        return largest;
    }
}

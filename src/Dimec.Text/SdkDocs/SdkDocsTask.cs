using System.Text;
using Dimec.Evaluation.Metrics;
using Dimec.Files;
using Dimec.Predictions;
using Dimec.Text.Splits;

namespace Dimec.Text.SdkDocs;

/// <summary>The embedded task: which of 15 areas of .NET the summary of a member belongs to.</summary>
internal static class SdkDocsTask
{
    private const string Name = "sdk-docs";
    private const int GuidDigits = 16;

    // Shorter ones are headings, addresses and stray words ("Size", "Welcome", "Constructor;"), about 300 in all,
    // and say nothing of an area.
    private const int FewestWords = 3;

    public static TaskData Load(IEnumerable<string> roots, ReaderOptions options, CancellationToken cancellation)
    {
        var packs = ReferencePack.Find(roots);
        var samples = Samples(packs, cancellation);
        var parts = Splitting.Split(samples, Area.All, options, isGiven: _ => false, Name, cancellation);
        return new TaskData(
            Name, TaskMetrics.Accuracy,
            Part(PartNames.Train), Part(PartNames.Selection), Part(PartNames.Calibration), Part(PartNames.Dev),
            [.. packs.Select(p => new DataSource(p.Name, p.Version))],
            new SdkDocsRows(samples));

        Dataset Part(string name) => new(name, parts[name], Area.All, hasPair: false);
    }

    /// <summary>The distinct texts of three words or more that stand in one area only, by guid.</summary>
    private static List<Sample> Samples(IReadOnlyList<ReferencePack> packs, CancellationToken cancellation)
    {
        var areas = new Dictionary<string, int>();
        foreach (var file in packs.SelectMany(p => p.Files))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var (area, text) in SummaryReader.Read(file))
            {
                if (text.Count(c => c == ' ') < FewestWords - 1)
                    continue;
                // −1 marks a text of several areas: nobody could tell which one is meant.
                if (!areas.TryAdd(text, area) && areas[text] != area)
                    areas[text] = -1;
            }
        }

        var kept = areas.Where(t => t.Value >= 0)
            .Select(t => (Text: t.Key, Area: t.Value, Hash: FileHash.Of(Encoding.UTF8.GetBytes(t.Key))))
            .OrderBy(t => t.Hash, StringComparer.Ordinal)
            .ToList();
        var samples = new List<Sample>(kept.Count);
        for (var i = 0; i < kept.Count; i++)
        {
            // In this order a hash shares most digits with a neighbour; one digit more tells them apart.
            var digits = GuidDigits;
            if (i > 0)
                digits = Math.Max(digits, 1 + Shared(kept[i].Hash, kept[i - 1].Hash));
            if (i + 1 < kept.Count)
                digits = Math.Max(digits, 1 + Shared(kept[i].Hash, kept[i + 1].Hash));
            samples.Add(new Sample($"sdk-{kept[i].Hash[..digits]}", kept[i].Text, Pair: null, kept[i].Area));
        }

        return samples;
    }

    private static int Shared(string first, string second) => first.AsSpan().CommonPrefixLength(second);
}

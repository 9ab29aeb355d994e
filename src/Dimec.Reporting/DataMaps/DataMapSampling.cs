using Dimec.Cartography;
using Dimec.Runs.Maps;

namespace Dimec.Reporting;

/// <summary>Thins a large map by the guids' hashes: the choice depends on neither order nor machine nor run.</summary>
internal static class DataMapSampling
{
    public static IReadOnlyList<SampleMetrics> Take(IReadOnlyList<SampleMetrics> samples, int most)
    {
        if (samples.Count <= most)
            return samples;
        var taken = new MapSample(most);
        foreach (var sample in samples)
            taken.Add(sample);
        return taken.Samples;
    }
}

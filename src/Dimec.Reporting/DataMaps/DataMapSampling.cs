using Dimec.Cartography;

namespace Dimec.Reporting;

/// <summary>Thins a large map by the guids' hashes: the choice depends on neither order nor machine nor run.</summary>
internal static class DataMapSampling
{
    public static IReadOnlyList<SampleMetrics> Take(IReadOnlyList<SampleMetrics> samples, int most)
    {
        if (samples.Count <= most)
            return samples;
        return [.. samples.OrderBy(s => Hash(s.Guid.Text)).ThenBy(s => s.Index).Take(most).OrderBy(s => s.Index)];
    }

    // FNV-1a, then an avalanche, since FNV's high bits hardly move between short names that differ in their last sign.
    private static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var sign in text)
            hash = (hash ^ sign) * 1099511628211UL;
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdUL;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53UL;
        return hash ^ (hash >> 33);
    }
}

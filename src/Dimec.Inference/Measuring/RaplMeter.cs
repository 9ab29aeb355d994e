namespace Dimec.Inference.Measuring;

/// <summary>
/// The processor's own energy counters (RAPL), as Linux shows them: <c>intel-rapl:0/energy_uj</c> and so on, a whole package each, which
/// begin anew at <c>max_energy_range_uj</c>. Whatever else runs on the machine is in them.
/// </summary>
/// <param name="folder">Where they are, <c>/sys/class/powercap</c>.</param>
internal sealed class RaplMeter(string folder) : IEnergyMeter
{
    private const double MicrojoulesAJoule = 1e6;

    private readonly Dictionary<string, long> _last = [];
    private long _microjoules;

    public string Source => "rapl";

    public double? ReadJoules()
    {
        var packages = Packages();
        if (packages.Count == 0)
            return null;
        foreach (var package in packages)
        {
            if (CounterFile.Number(Path.Combine(package, "energy_uj")) is not { } now)
                return null;
            if (_last.TryGetValue(package, out var before))
                _microjoules += now >= before ? now - before : now - before + RangeOf(package);
            _last[package] = now;
        }

        return Math.Max(0, _microjoules) / MicrojoulesAJoule;
    }

    private static long RangeOf(string package) => CounterFile.Number(Path.Combine(package, "max_energy_range_uj")) ?? 0;

    /// <summary>Packages are <c>intel-rapl:0</c>; their parts, <c>intel-rapl:0:1</c>, are in them.</summary>
    private List<string> Packages() => Directory.Exists(folder)
        ? [.. Directory.EnumerateFileSystemEntries(folder, "intel-rapl:*")
            .Where(path => Path.GetFileName(path).Count(letter => letter == ':') == 1)
            .Order(StringComparer.Ordinal)]
        : [];
}

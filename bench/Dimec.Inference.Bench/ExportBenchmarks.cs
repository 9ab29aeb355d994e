using BenchmarkDotNet.Attributes;
using Dimec.Export;

namespace Dimec.Inference.Bench;

/// <summary>Writing, opening (all hashes verified) and loading a bundle of three tiers of MiniLM's size.</summary>
public class ExportBenchmarks
{
    private readonly BundleRequest _request = BenchBundle.Request();
    private readonly string _folder = BenchBundle.Write();
    private Bundle? _bundle;

    [GlobalSetup]
    public void Setup()
    {
        _bundle = Bundle.Open(_folder);
        foreach (var file in _bundle.Manifest.Files)
            Console.WriteLine($"// {file.Name}: {file.Size:N0} bytes");
    }

    [GlobalCleanup]
    public void Cleanup() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    [Benchmark]
    public void Write() => BundleWriter.Write(_request, _folder);

    [Benchmark]
    public Bundle Open() => Bundle.Open(_folder);

    [Benchmark]
    public Bundle OpenMobileOnly() => Bundle.Open(_folder, ["mobile"]);

    [Benchmark]
    public void LoadMobile() => TierModel.Load(_bundle!, "mobile").Dispose();
}

using BenchmarkDotNet.Attributes;

namespace Dimec.Inference.Bench;

/// <summary>e(x) of one sample, from tables mapped out of the mobile model's file.</summary>
public class RouterBenchmarks
{
    private readonly string _folder = BenchBundle.Write();
    private readonly float[] _embedding = new float[384];
    private int[] _ids = [];
    private EmbeddingRouter? _router;

    [Params(20, 128)]
    public int Tokens { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _ids = [.. Enumerable.Range(0, Tokens).Select(_ => random.Next(30522))];
        _router = EmbeddingRouter.Open(Bundle.Open(_folder));
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _router?.Dispose();
        Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
    }

    [Benchmark]
    public void Embed() => _router!.Embed(_ids, [], _embedding);
}

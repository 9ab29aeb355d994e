using BenchmarkDotNet.Attributes;

namespace Dimec.Inference.Bench;

/// <summary>e(x) of one sample, from tables mapped out of the mobile model's file.</summary>
public class EmbeddingBenchmarks
{
    private readonly string _folder = BenchBundle.Write();
    private readonly float[] _embedding = new float[384];
    private int[] _ids = [];
    private EmbeddingLayer? _embeddings;

    [Params(20, 128)]
    public int Tokens { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _ids = [.. Enumerable.Range(0, Tokens).Select(_ => random.Next(30522))];
        _embeddings = EmbeddingLayer.Open(Bundle.Open(_folder));
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _embeddings?.Dispose();
        Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
    }

    [Benchmark]
    public void Embed() => _embeddings!.Embed(_ids, [], _embedding);
}

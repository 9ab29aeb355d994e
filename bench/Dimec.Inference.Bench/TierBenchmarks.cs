using BenchmarkDotNet.Attributes;

namespace Dimec.Inference.Bench;

/// <summary>One run of a tier's model on all processors.</summary>
public class TierBenchmarks
{
    private readonly string _folder = BenchBundle.Write();
    private long[] _ids = [];
    private long[] _mask = [];
    private float[] _logits = [];
    private TierModel? _model;

    [Params("mobile", "edge", "cloud")]
    public string Tier { get; set; } = "";

    [Params("1x20", "32x64")]
    public string Shape { get; set; } = "";

    private int Batch => int.Parse(Shape.Split('x')[0], null);

    private int Length => int.Parse(Shape.Split('x')[1], null);

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _ids = [.. Enumerable.Range(0, Batch * Length).Select(_ => (long)random.Next(30522))];
        _mask = [.. Enumerable.Repeat(1L, _ids.Length)];
        _logits = new float[2 * Batch];
        _model = TierModel.Load(Bundle.Open(_folder, [Tier]), Tier);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _model?.Dispose();
        Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
    }

    [Benchmark]
    public void Run() => _model!.Run(_ids, _mask, default, Batch, Length, _logits);
}

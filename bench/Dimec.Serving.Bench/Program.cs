using System.Diagnostics;
using System.Globalization;
using System.Net;
using Dimec.Checkpoints;
using Dimec.Inference;
using Dimec.Serving;
using Dimec.Serving.Bench;
using Dimec.Testing.Bundles;

// One request at a time over loopback, server and client in this process: what a text costs that travels alone.
const int WarmUp = 50;
const int Requests = 500;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.WriteLine($"{"tier",-22} {"transport",-9} {"tokens",6} {"median ms",9} {"p95 ms",7}");
var miniLm = new EncoderConfig
{
    HiddenSize = 384,
    Layers = 6,
    Heads = 12,
    IntermediateSize = 1536,
    VocabularySize = 30522,
    MaxPositions = 512,
};
var tiny = RandomCheckpoint.Config() with { VocabularySize = 100 };
foreach (var (name, config, depths) in new (string, EncoderConfig, int[])[]
{
    ("tiny, 2 layers of 24", tiny, [1, 2, 3]), ("MiniLM edge, 4 layers", miniLm, [2, 4, 6]),
})
{
    var folder = Path.Combine(Directory.CreateTempSubdirectory("dimec-bench-").FullName, "bundle");
    ServingBundle.Write(config, depths, folder);
    var options = new DimecTierHostOptions { HttpPort = 0, GrpcPort = 0, Address = IPAddress.Loopback };
    (options.Tier.Bundle, options.Tier.Tier) = (folder, "edge");
    using var stop = new CancellationTokenSource();
    var ready = new TaskCompletionSource<TierAddresses>();
    var serving = DimecTierHost.RunAsync(options, ready.SetResult, stop.Token);
    await Task.WhenAny(ready.Task, serving);
    var addresses = await ready.Task;
    foreach (var url in new[] { addresses.Grpc, addresses.Http })
    {
        await using var client = await DimecClient.ConnectAsync(Bundle.Open(folder), new Dictionary<string, Uri> { ["edge"] = url });
        foreach (var words in new[] { 11, 58 })
        {
            var text = string.Join(' ', Enumerable.Range(1, words).Select(i => $"w{i}"));
            var times = new double[Requests];
            for (var i = -WarmUp; i < Requests; i++)
            {
                var start = Stopwatch.GetTimestamp();
                var answer = await client.ClassifyAsync(text);
                if (answer.Fallback)
                    throw new InvalidOperationException(answer.Failures[0].Sentence);
                if (i >= 0)
                    times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }

            Array.Sort(times);
            Console.WriteLine($"{name,-22} {url.Scheme,-9} {words + 2,6} {times[Requests / 2],9:0.00} {times[Requests * 95 / 100],7:0.00}");
        }
    }

    await stop.CancelAsync();
    await serving;
    Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
}

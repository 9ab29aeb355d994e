using System.Diagnostics;
using System.Net;
using Dimec.Checkpoints;
using Dimec.Inference;
using Dimec.Testing.Bundles;

namespace Dimec.Serving.Bench;

/// <summary>One request at a time over loopback, server and client in this process: what a text costs that travels alone.</summary>
internal static class AloneBench
{
    private const int WarmUp = 50;
    private const int Requests = 500;

    public static async Task RunAsync()
    {
        Console.WriteLine($"{"tier",-22} {"transport",-9} {"tokens",6} {"median ms",9} {"p95 ms",7}");
        var tiny = RandomCheckpoint.Config() with { VocabularySize = 100 };
        await MeasureAsync("tiny, 2 layers of 24", tiny, [1, 2, 3]);
        await MeasureAsync("MiniLM edge, 4 layers", ServingBundle.MiniLm, [2, 4, 6]);
    }

    private static async Task MeasureAsync(string name, EncoderConfig config, int[] depths)
    {
        using var scratch = new Scratch();
        ServingBundle.Write(config, depths, scratch.Bundle);
        var options = new DimecTierHostOptions { HttpPort = 0, GrpcPort = 0, Address = IPAddress.Loopback };
        (options.Tier.Bundle, options.Tier.Tier) = (scratch.Bundle, "edge");
        using var stop = new CancellationTokenSource();
        var ready = new TaskCompletionSource<TierAddresses>();
        var serving = DimecTierHost.RunAsync(options, ready.SetResult, stop.Token);
        await Task.WhenAny(ready.Task, serving);
        var addresses = await ready.Task;
        foreach (var url in new[] { addresses.Grpc, addresses.Http })
        {
            await using var client = await DimecClient.ConnectAsync(
                Bundle.Open(scratch.Bundle), new Dictionary<string, Uri> { ["edge"] = url });
            foreach (var words in new[] { 11, 58 })
                await MeasureAsync(name, url, client, words);
        }

        await stop.CancelAsync();
        await serving;
    }

    private static async Task MeasureAsync(string name, Uri url, DimecClient client, int words)
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

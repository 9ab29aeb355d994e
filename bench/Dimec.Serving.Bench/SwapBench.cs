using System.Diagnostics;
using Dimec.Inference.Deployments;
using Dimec.OpenInference;

namespace Dimec.Serving.Bench;

/// <summary>
/// A tier under load, whose bundle is swapped again and again: whether its memory stays where it is, and no request fails.
/// </summary>
internal static class SwapBench
{
    private const int Callers = 4;
    private const int First = 10;

    public static async Task RunAsync(int swaps)
    {
        BenchServer.LeaveFirstCore();
        using var scratch = new Scratch();
        string[] bundles = [$"{scratch.Bundle}-1", $"{scratch.Bundle}-2"];
        foreach (var (place, bundle) in bundles.Index())
            ServingBundle.Write(ServingBundle.MiniLm, [1, 2, 6], bundle, revision: place + 1);
        var options = new DeploymentOptions { Tiers = ["edge"] };
        Deployment.Deploy(bundles[0], scratch.Bundle, options);
        using var server = BenchServer.Start(scratch.Bundle);
        using var end = new CancellationTokenSource();
        var (answered, failed) = (0L, 0L);
        var callers = Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            using var client = new OpenInferenceClient(caller % 2 == 0 ? server.Grpc : server.Http);
            var random = new Random(caller);
            while (!end.IsCancellationRequested)
            {
                var result = await client.InferAsync(Generator.Request([TextLengths.Text(random.Next(4, 60), random)]));
                Interlocked.Increment(ref answered);
                if (!result.IsSuccess)
                    Interlocked.Increment(ref failed);
            }
        })).ToArray();
        using var control = new HttpClient { BaseAddress = server.Http, Timeout = TimeSpan.FromMinutes(2) };
        Console.WriteLine($"{"swaps",5} {"answers",9} {"failed",6} {"load s",6} {"MB",6} {"to swap 10",10}");
        var (began, afterFirst) = (Stopwatch.GetTimestamp(), 0.0);
        for (var swap = 1; swap <= swaps; swap++)
        {
            if (swap % 2 == 1)
                Deployment.Deploy(bundles[1], scratch.Bundle, options);
            else
                Deployment.Rollback(scratch.Bundle, options);
            using var loaded = await control.PostAsync(new Uri("v2/repository/models/dimec/load", UriKind.Relative), null);
            loaded.EnsureSuccessStatusCode();
            if (swap % First != 0)
                continue;
            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds / First;
            var megabytes = await SettledAsync(server);
            afterFirst = swap == First ? megabytes : afterFirst;
            Console.WriteLine($"{swap,5} {answered,9} {failed,6} {seconds,6:0.00} {megabytes,6:0} {megabytes / afterFirst,10:0.000}");
            began = Stopwatch.GetTimestamp();
        }

        await end.CancelAsync();
        await Task.WhenAll(callers);
    }

    /// <summary>Megabytes once the bundle before is drained and gone: the least of five seconds.</summary>
    private static async Task<double> SettledAsync(BenchServer server)
    {
        var least = double.MaxValue;
        for (var i = 0; i < 20; i++)
        {
            await Task.Delay(TimeSpan.FromSeconds(0.25));
            least = Math.Min(least, server.ResidentMegabytes);
        }

        return least;
    }
}

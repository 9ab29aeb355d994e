namespace Dimec.Serving.Bench;

/// <summary>What a caller of short texts waits for beside others that ask for much: large requests, or many connections.</summary>
internal static class GreedyBench
{
    public static async Task RunAsync(int seconds)
    {
        BenchServer.LeaveFirstCore();
        using var scratch = new Scratch();
        ServingBundle.Write(ServingBundle.MiniLm, [2, 4, 6], scratch.Bundle);
        using var server = BenchServer.Start(scratch.Bundle);
        Console.WriteLine($"{"beside",-34} {"answers",7} {"refused",8} {"p50 ms",8} {"p99 ms",8}");
        await MeasureAsync("nobody", server, _ => Task.CompletedTask, seconds);
        foreach (var (rows, length) in new[] { (128, 128), (64, 512) })
        {
            await MeasureAsync($"requests of {rows} × {length} tokens", server, async stop =>
            {
                var random = new Random(3);
                var request = Generator.Request([.. Enumerable.Range(0, rows).Select(_ => TextLengths.Text(length, random))]);
                using var client = new OpenInference.OpenInferenceClient(server.Grpc);
                while (!stop.IsCancellationRequested)
                    await client.InferAsync(request, CancellationToken.None);
            }, seconds);
        }

        await MeasureAsync("300 connections without a pause", server, async stop =>
        {
            using var greedy = new Generator(server.Grpc, 300);
            await greedy.ClosedAsync(300, seconds + 2);
        }, seconds);
    }

    private static async Task MeasureAsync(string beside, BenchServer server, Func<CancellationToken, Task> greedy, int seconds)
    {
        using var stop = new CancellationTokenSource();
        using var polite = new Generator(server.Grpc, 1);
        await polite.ClosedAsync(1, 1);
        var others = Task.Run(() => greedy(stop.Token));
        await Task.Delay(500);
        var load = await polite.ClosedAsync(1, seconds);
        await stop.CancelAsync();
        await others;
        Console.WriteLine(
            $"{beside,-34} {load.Rate * load.Seconds,7:0} {load.Refused,8:0.0%} {load.Percentile(0.5),8:0.0} "
            + $"{load.Percentile(0.99),8:0.0}");
    }
}

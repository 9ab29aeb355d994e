using Dimec.Predictions;

namespace Dimec.Serving.Bench;

/// <summary>
/// The edge tier beside its own model called in process, both on one core, what asks on another: texts a second at saturation, what the way
/// adds to a text alone, and latency against load.
/// </summary>
internal static class LoadBench
{
    private const int Rounds = 3;

    /// <summary>As many requests at once as may wait: a run finds rows of like length then.</summary>
    private const int Saturating = 256;

    /// <summary>Seconds until the server's code has been compiled for good, on its one core.</summary>
    private const double WarmUp = 30;

    /// <summary>Measures it.</summary>
    /// <param name="program">A published dimec-tier; null for this program's own host.</param>
    /// <param name="int8">Whether the model is in int8.</param>
    /// <param name="seconds">How long each figure is measured.</param>
    public static async Task RunAsync(string? program, bool int8, int seconds)
    {
        BenchServer Start(string bundle) => program is null ? BenchServer.Start(bundle) : BenchServer.StartPublished(program, bundle);

        BenchServer.LeaveFirstCore();
        using var scratch = new Scratch();
        ServingBundle.Write(ServingBundle.MiniLm, [2, 4, 6], scratch.Bundle, int8 ? ModelPrecision.Int8 : ModelPrecision.Fp32);
        var (ratios, added, most) = (new List<double>(), new List<double>(), 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            var (rate, tokens, alone) = BenchServer.InProcess(scratch.Bundle, seconds);
            using var server = Start(scratch.Bundle);
            using var generator = new Generator(server.Grpc, 8);
            var (first, begun) = (await generator.ClosedAsync(1, seconds / 2.0), await generator.ClosedAsync(Saturating, seconds));
            Console.WriteLine(
                $"just started: {begun.Rate / rate:0.000} of the throughput, {first.Percentile(0.5) - alone:0.00} ms added at p50");
            await generator.ClosedAsync(32, WarmUp);
            var one = await generator.ClosedAsync(1, seconds / 2.0);
            var full = await generator.ClosedAsync(Saturating, seconds);
            Console.WriteLine(
                $"in process {rate:0} texts/s (runs of {tokens} tokens), {alone:0.00} ms alone; "
                + $"tier {full.Rate:0} texts/s at {Saturating} in parallel, "
                + $"p50 {one.Percentile(0.5):0.00} ms alone; {full.Rate / rate:0.000} of it, {one.Percentile(0.5) - alone:0.00} ms added");
            ratios.Add(full.Rate / rate);
            added.Add(one.Percentile(0.5) - alone);
            most = Math.Max(most, full.Rate);
        }

        Console.WriteLine(
            $"median: {ratios.Order().ElementAt(Rounds / 2):0.000} of the throughput, "
            + $"{added.Order().ElementAt(Rounds / 2):0.00} ms added at p50");
        using var loaded = Start(scratch.Bundle);
        using var asking = new Generator(loaded.Grpc, 32);
        await asking.ClosedAsync(32, WarmUp);
        Console.WriteLine($"{"asked for",12} {"answered/s",10} {"refused",8} {"p50 ms",8} {"p95 ms",8} {"p99 ms",8}");
        foreach (var share in new[] { 0.1, 0.25, 0.5, 0.75, 0.9, 1.1 })
            Print($"{share * most:0}/s", await asking.OpenAsync(share * most, seconds));
        foreach (var parallel in new[] { 1, 4, 16, 64, 256, 512, 1024 })
            Print($"{parallel} at once", await asking.ClosedAsync(parallel, seconds / 2.0));
    }

    private static void Print(string asked, Load load) => Console.WriteLine(
        $"{asked,12} {load.Rate,10:0} {load.Refused,8:0.0%} {load.Percentile(0.5),8:0.0} {load.Percentile(0.95),8:0.0} "
        + $"{load.Percentile(0.99),8:0.0}");
}

using System.Diagnostics;
using Dimec.Inference;
using Dimec.Predictions;

namespace Dimec.Serving.Bench;

/// <summary>
/// What a run of the edge costs on one thread, by its rows and their length: how large a run has to be to be fast, and how many tokens one
/// costs before its first (a line through the small ones).
/// </summary>
internal static class RunShapes
{
    private const int Rounds = 15;

    public static void Run(bool int8)
    {
        using var scratch = new Scratch();
        ServingBundle.Write(ServingBundle.MiniLm, [2, 4, 6], scratch.Bundle, int8 ? ModelPrecision.Int8 : ModelPrecision.Fp32);
        using var model = TierModel.Load(Bundle.Open(scratch.Bundle), "edge", new TierModelOptions { Threads = 1 });
        Console.WriteLine($"{"rows",5} {"length",6} {"tokens",6} {"ms",8} {"µs a token",10}");
        foreach (var (rows, length) in new[]
        {
            (1, 8), (1, 16), (1, 32), (1, 64), (1, 128), (1, 512), (2, 16), (2, 32), (4, 16), (4, 32), (8, 16), (8, 32), (16, 16), (16, 32),
            (32, 16), (32, 32), (64, 16), (64, 32), (128, 32),
        })
        {
            var ms = Median(model, rows, length);
            Console.WriteLine($"{rows,5} {length,6} {rows * length,6} {ms,8:0.00} {ms * 1000 / (rows * length),10:0.0}");
        }
    }

    private static double Median(TierModel model, int rows, int length)
    {
        var random = new Random(1);
        long[] ids = [.. Enumerable.Range(0, rows).SelectMany(_ => TextLengths.Text(length, random))];
        var mask = new long[ids.Length];
        Array.Fill(mask, 1);
        var (logits, times) = (new float[rows * model.Classes], new double[Rounds]);
        for (var round = -3; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            model.Run(ids, mask, default, rows, length, logits);
            if (round >= 0)
                times[round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        return times[Rounds / 2];
    }
}

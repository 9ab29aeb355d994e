using Dimec.Predictions;

namespace Dimec.Exits.Bench;

/// <summary>What one training of exit 0 gains over another on the same run: alone, stacked under exit 2 and under the last.</summary>
internal static class SameRun
{
    public static void Run(BenchRun before, BenchRun after)
    {
        Console.WriteLine($"{before.Name} → {after.Name}");
        Console.WriteLine(
            $"  exit 0: selection {PairedGain.Of(Zero(before.Selection), Zero(after.Selection))}, "
            + $"dev {PairedGain.Of(Zero(before.Dev), Zero(after.Dev))}; as the last exit answers: selection "
            + $"{PairedGain.Of(Agrees(before.Selection), Agrees(after.Selection))}, "
            + $"dev {PairedGain.Of(Agrees(before.Dev), Agrees(after.Dev))}");
        foreach (var exit in new[] { 2, before.Last })
        {
            var stacked = new StackedCandidate(before, Logits(after.Selection), Logits(after.Dev), [2, before.Last]);
            var (selection, dev) = stacked.Gain([0, exit], [StackedCandidate.Candidate, exit]);
            Console.WriteLine($"  stacked exit {exit}: selection {selection}, dev {dev}");
        }
    }

    private static float[][] Logits(RecordedExits part) => [.. Enumerable.Range(0, part.Count).Select(i => part.ZeroLogits(i).ToArray())];

    private static bool[] Zero(RecordedExits part) =>
        [.. Enumerable.Range(0, part.Count).Select(i => Softmax.ArgMax(part.ZeroLogits(i)) == part.Gold[i])];

    private static bool[] Agrees(RecordedExits part) =>
    [
        .. Enumerable.Range(0, part.Count)
            .Select(i => Softmax.ArgMax(part.ZeroLogits(i)) == Softmax.ArgMax(part.Logits(i, part.Exits.Count - 1))),
    ];
}

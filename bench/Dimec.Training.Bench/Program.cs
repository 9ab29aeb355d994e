using System.Diagnostics;
using Dimec.Checkpoints;
using Dimec.Training.Bench;
using Dimec.Training.Data;
using Dimec.Training.Model;
using TorchSharp;

// Usage: Dimec.Training.Bench [MEAN_TOKENS=13] [STEPS_A_ROUND=20] [ROUNDS=4] [THREADS=all] [ONLY=plain|dimec]
// Both loops run the same length-sorted batches of 32 in turn, so that whatever else the machine does meets both.
var mean = args.Length > 0 ? double.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 13;
var steps = args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 20;
var rounds = args.Length > 2 ? int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture) : 4;
Dimec.Training.Native.TorchLibrary.Load();
if (args.Length > 3)
    torch.set_num_threads(int.Parse(args[3], System.Globalization.CultureInfo.InvariantCulture));

var shape = new ModelShape(
    MiniLm.Config, new ExitHeadConfig([2, 4, 6], ExitHeadConfig.PoolerHead, ExitHeadConfig.MeanPooling, ["0", "1"], 128), HeadDropout: 0.1);
var part = SyntheticTexts.Make(steps * (rounds + 1) * 32, mean, shape.Encoder.VocabularySize, 128);
var batches = BatchPlan.Epoch(1, 0, part.Lengths, 32);
using ILoop plain = new PlainLoop(shape);
using ILoop ours = new OurLoop(shape, part, batches.Length);
var rates = new Dictionary<string, List<double>> { [plain.Name] = [], [ours.Name] = [] };
for (var round = 0; round <= rounds; round++)
{
    foreach (var loop in new[] { plain, ours }.Where(loop => args.Length < 5 || args[4] == loop.Name))
    {
        var watch = Stopwatch.StartNew();
        var samples = 0;
        for (var i = 0; i < steps; i++)
        {
            var index = (round * steps) + i;
            var batch = new Batch(part, batches[index], padId: 0);
            loop.Step(batch, index);
            samples += batch.Count;
        }

        // The first round is warm-up.
        if (round > 0)
            rates[loop.Name].Add(samples / watch.Elapsed.TotalSeconds);
        Console.Error.WriteLine($"round {round} {loop.Name}: {samples / watch.Elapsed.TotalSeconds:0.0} samples/s, {Environment.WorkingSet >> 20} MiB");
    }
}

double Median(string name) => rates[name].Order().ElementAtOrDefault(rates[name].Count / 2);
Console.WriteLine(FormattableString.Invariant(
    $"{part.Lengths.Average():0.0} tokens, {torch.get_num_threads()} threads: plain {Median(plain.Name):0.0}, dimec {Median(ours.Name):0.0} samples/s, ratio {Median(ours.Name) / Median(plain.Name):0.00}"));

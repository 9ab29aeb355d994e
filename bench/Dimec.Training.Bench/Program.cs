using System.Diagnostics;
using System.Globalization;
using Dimec;
using Dimec.Checkpoints;
using Dimec.Training;
using Dimec.Training.Bench;
using Dimec.Training.Data;
using Dimec.Training.Model;
using Dimec.Training.Native;
using Dimec.Training.Precisions;
using TorchSharp;

// Usage: Dimec.Training.Bench [MEAN_TOKENS=13] [STEPS_A_ROUND=20] [ROUNDS=4] [THREADS=all]
// [ONLY=plain|plain-128|dimec-fp32|dimec-bf16|auto] All loops run the same length-sorted batches of 32 in turn, bare multiplications
// between them, so that whatever else the machine does meets all.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var mean = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 13;
var steps = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 20;
var rounds = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 4;
TorchLibrary.Load();
if (args.Length > 3)
    torch.set_num_threads(int.Parse(args[3], CultureInfo.InvariantCulture));

var shape = new ModelShape(
    MiniLm.Config, new ExitHeadConfig([2, 4, 6], ExitHeadConfig.PoolerHead, ExitHeadConfig.MeanPooling, ["0", "1"], 128), HeadDropout: 0.1);
var part = SyntheticTexts.Make(steps * (rounds + 1) * 32, mean, shape.Encoder.VocabularySize, 128);
var batches = BatchPlan.Epoch(1, 0, part.Lengths, 32);
Precision[] precisions = Processor.HasBf16 ? [Precision.Fp32, Precision.Bf16] : [Precision.Fp32];
// As the methods' authors train: every batch padded to the longest text that is allowed, eager attention, fp32.
var authors = new PlainLoop(shape, shape.Exits.MaxLength);
ILoop[] all = [new PlainLoop(shape, 0), authors, .. precisions.Select(precision => new OurLoop(shape, part, batches.Length, precision))];
ILoop[] loops = [.. all.Where(loop => args.Length < 5 || args[4] == loop.Name)];
var gemms = precisions.ToDictionary(precision => precision, precision => new GemmSpeed(
    shape.Encoder, (long)(32 * part.Lengths.Average()),
    precision == Precision.Bf16 ? torch.ScalarType.BFloat16 : torch.ScalarType.Float32));
var measured = loops.ToDictionary(loop => loop.Name, _ => new List<(double Rate, double OfPlain, double OfGemm)>());
var speeds = precisions.ToDictionary(precision => precision, _ => new List<double>());
for (var round = 0; round <= rounds; round++)
{
    foreach (var precision in precisions)
        speeds[precision].Add(gemms[precision].Measure());
    var first = 0.0;
    foreach (var loop in loops)
    {
        var watch = Stopwatch.StartNew();
        var (samples, operations) = (0, 0.0);
        for (var i = 0; i < steps; i++)
        {
            var index = (round * steps) + i;
            var batch = new Batch(part, batches[index], padId: 0);
            loop.Step(batch, index);
            samples += batch.Count;
            operations += batch.Lengths.Sum(length => length * GemmSpeed.OfToken(shape.Encoder, length));
        }

        var (rate, speed) = (samples / watch.Elapsed.TotalSeconds, operations / watch.Elapsed.TotalSeconds);
        first = first == 0 ? rate : first;
        // The first round is warm-up. Rounds differ in their texts and in what else the machine does, so each is compared within itself.
        if (round > 0)
            measured[loop.Name].Add((rate, rate / first, speed / speeds[loop.Precision][round]));
        Console.Error.WriteLine($"round {round} {loop.Name}: {rate:0.0} samples/s, {Environment.WorkingSet >> 20} MiB");
    }
}

double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);
void Print(string line) => Console.WriteLine(line);
Print($"{part.Lengths.Average():0.0} tokens, {torch.get_num_threads()} threads; medians of {rounds} rounds");
foreach (var precision in precisions)
    Print($"GEMM {ChoiceNames.Of(precision)}: {Median(speeds[precision]) / 1e9:0} GFLOP/s");
// What --precision auto goes by. Asked for by its name it is measured where bf16 is emulated as well.
if (Processor.HasBf16 || args is [_, _, _, _, "auto"])
{
    var watch = Stopwatch.StartNew();
    using var trial = new PrecisionTrial(shape, (int)Math.Ceiling(part.Lengths.Average()));
    var layer = PrecisionMeter.Bf16Speed(trial.Step, 32, TimeProvider.System, CancellationToken.None);
    Print($"one layer, forward and backward: bf16 {layer:0.00} × fp32, measured in {watch.Elapsed.TotalSeconds:0.0} s");
}

foreach (var loop in loops)
{
    var figures = measured[loop.Name];
    Print($"{loop.Name}: {Median(figures.Select(item => item.Rate)):0.0} samples/s, {Median(figures.Select(item => item.OfPlain)):0.00}"
        + $" × {loops[0].Name}, {Median(figures.Select(item => item.OfGemm)):0.00} of the GEMM speed");
    if (loop != authors && measured.TryGetValue(authors.Name, out var padded))
        Print($"    {Median(figures.Zip(padded, (own, other) => own.Rate / other.Rate)):0.0} × {authors.Name}, the authors' style");
}

foreach (var loop in all)
    loop.Dispose();

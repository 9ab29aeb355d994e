using System.Globalization;
using Dimec;
using Dimec.Inference;
using Dimec.Precision.Bench;
using Dimec.Predictions;
using Dimec.Runs;
using Dimec.Text;

// dotnet run -c Release --project bench/Dimec.Precision.Bench -- accuracy|speed PRECISION DEPTHS RUN…
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is not [("accuracy" or "speed") and var what, var word, var layers, _, ..])
{
    Console.Error.WriteLine("usage: accuracy|speed fp16|int8 DEPTHS (e.g. 2,4,6) RUN…");
    return 2;
}

var precision = ChoiceNames.Find<ModelPrecision>(word) ?? throw new InputException(word, "is no precision", "give fp16 or int8");
int[] depths = [.. layers.Split(',').Select(int.Parse)];
Console.WriteLine(what == "accuracy"
    ? $"| run | exit | n | fp32 | {word} | difference [95 %] | labels equal | largest difference of a logit | alone as in batches |"
    : $"| run | tier | files, MiB: fp32, {word} | a text alone, ms: fp32, {word} | × | in batches of 32, ms a text | × |");
Console.WriteLine(what == "accuracy"
    ? "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |" : "| --- | --- | ---: | ---: | ---: | ---: | ---: |");
var table = new AccuracyTable();
foreach (var path in args[3..])
{
    var run = Run.Open(path);
    var name = $"{run.Summary().Task} {Path.GetFileName(Path.TrimEndingDirectorySeparator(path))}";
    var folder = Directory.CreateTempSubdirectory("dimec-precision-").FullName;
    try
    {
        var before = ExportedRun.Write(run, depths, ModelPrecision.Fp32, Path.Combine(folder, "fp32"));
        var after = ExportedRun.Write(run, depths, precision, Path.Combine(folder, word));
        var dev = run.Data().Load().Dev;
        if (what == "accuracy")
            table.Add(name, before, after, dev);
        else
            Time(name, before, after, dev);
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

if (args.Length > 4)
    table.WriteTogether(depths);
return 0;

static void Time(string name, Bundle before, Bundle after, Dataset dev)
{
    TokenizedText[] texts = [.. dev.Samples.Take(320).Select(sample =>
        before.Tokenizer.Encode(sample.Text, sample.Pair, before.Manifest.MaxLength))];
    foreach (var tier in before.Manifest.Tiers)
    {
        var options = new TierModelOptions { Threads = 1 };
        using var exact = TierModel.Load(before, tier.Name, options);
        using var rounded = TierModel.Load(after, tier.Name, options);
        var alone = Speed.Of(exact, rounded, [.. texts.Chunk(1)]);
        var batched = Speed.Of(exact, rounded, [.. texts.OrderBy(text => text.Ids.Length).Chunk(32)]);
        Console.WriteLine(
            $"| {name} | {tier.Name} ({tier.Depth} layers) | {Size(before, tier.Name):0.0}, {Size(after, tier.Name):0.0} "
            + $"| {alone.Before:0.00}, {alone.After:0.00} | {alone.Ratio:0.00} "
            + $"| {batched.Before:0.00}, {batched.After:0.00} | {batched.Ratio:0.00} |");
    }
}

static double Size(Bundle bundle, string tier)
{
    var (manifest, found) = (bundle.Manifest, bundle.Tier(tier));
    return manifest.Files.Where(file => found.Weights.Contains(file.Name) || file.Name == found.Model).Sum(file => file.Size) / 1048576.0;
}

using System.Text;
using Dimec.Bundles;
using Dimec.Checkpoints;
using Dimec.Files;
using Dimec.Inference;
using Dimec.Predictions;
using Dimec.Runs;
using Dimec.Training;

namespace Dimec.Export.Tests;

/// <summary>A run and a plan of it become a bundle in one call, with golden answers where somebody computes them.</summary>
public sealed class RunBundleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RunFolder _run;

    public RunBundleTests()
    {
        _run = new RunFolder(_folder.File("run"));
        var made = RandomCheckpoint.Create();
        new Checkpoint(
            made.Config, made.Weights, made.Exits,
            new CheckpointTokenizer(CheckpointTokenizer.Vocabulary, Encoding.UTF8.GetBytes(TinyBundle.Vocabulary))).Save(_run.Model);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Golden_answers_are_those_of_the_trained_model_at_every_exit()
    {
        var bundle = RunBundle.Write(
            _run, Plan([]), _folder.File("bundle"), new RunBundleSettings { Golden = GoldenAnswers.Of, Revision = 3 },
            TestContext.Current.CancellationToken);
        Assert.Equal((3, BundleManifest.GoldenFile), (bundle.Manifest.Revision, bundle.Manifest.Golden));
        using var stream = File.OpenRead(_folder.File("bundle", BundleManifest.GoldenFile));
        Assert.All(GoldenSamples.Read(stream, "golden.jsonl"), sample => Assert.Equal([1, 2, 3], sample.Logits.Keys.Order()));
        Assert.EndsWith("whether it was made on this run is not known.", Assert.Single(bundle.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Golden_answers_of_few_bits_are_those_of_the_exported_models_with_the_processor()
    {
        var bundle = RunBundle.Write(
            _run, Plan([]), _folder.File("bundle"),
            new RunBundleSettings
            {
                Golden = GoldenAnswers.Of,
                Precision = ModelPrecision.Int8,
                AsExported = (folder, golden) => new ExportedGolden(BundleExits.Answer(Bundle.Open(folder), golden), Processor.Kind),
            },
            TestContext.Current.CancellationToken);
        var opened = Bundle.Open(_folder.File("bundle"));
        Assert.Equal((ModelPrecision.Int8, Processor.Kind), (opened.Manifest.Precision, opened.Manifest.GoldenProcessor));
        foreach (var tier in opened.Manifest.Tiers)
        {
            using var model = TierModel.Load(opened, tier.Name);
            var golden = opened.ReadGolden();
            var answers = model.Run(
                [.. golden.Select(sample => opened.Tokenizer.Encode(sample.Text, sample.Pair, opened.Manifest.MaxLength))]);
            Assert.Equal(answers, golden.SelectMany(sample => sample.Logits[tier.Exit]));
        }

        Assert.Contains(bundle.Warnings, warning => warning.Contains("was chosen on fp32 exits", StringComparison.Ordinal));
    }

    [Fact]
    public void Nobody_has_to_compute_them()
    {
        var bundle = RunBundle.Write(
            _run, Plan([]), _folder.File("bundle"), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Null(bundle.Manifest.Golden);
        Assert.False(File.Exists(_folder.File("bundle", BundleManifest.GoldenFile)));
    }

    [Fact]
    public void A_plan_of_the_runs_files_is_taken_of_other_files_refused_and_of_absent_ones_warned_of()
    {
        var file = _folder.File("run", "td_metrics.jsonl");
        File.WriteAllText(file, "made from");
        var plan = Plan(new() { ["td_metrics.jsonl"] = FileHash.Of(file), ["served.jsonl"] = "ab", ["../run/td_metrics.jsonl"] = "cd" });
        Assert.Empty(Write(plan).Warnings);
        File.WriteAllText(file, "changed");
        Assert.StartsWith(
            $"{file}: is not the file that {plan} was made from; ", Assert.Throws<InputException>(() => Write(plan)).Message,
            StringComparison.Ordinal);
        File.Delete(file);
        Assert.StartsWith(
            $"{_run.Path} holds no td_metrics.jsonl, from which ", Assert.Single(Write(plan).Warnings), StringComparison.Ordinal);

        RunBundle Write(string from) =>
            RunBundle.Write(_run, from, _folder.File("bundle"), cancellationToken: TestContext.Current.CancellationToken);
    }

    private string Plan(Dictionary<string, string> madeFrom)
    {
        var path = _folder.File("plan.json");
        AtomicFile.Write(path, (TinyBundle.Plan() with { MadeFrom = madeFrom }).Write);
        return path;
    }
}

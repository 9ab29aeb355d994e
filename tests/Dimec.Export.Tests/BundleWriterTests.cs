using System.Security.Cryptography;
using Dimec.Bundles;
using Dimec.Checkpoints;
using Dimec.Predictions;

namespace Dimec.Export.Tests;

public class BundleWriterTests
{
    [Fact]
    public void Every_file_is_listed_with_its_size_and_hash()
    {
        using var folder = new TemporaryFolder();
        var manifest = TinyBundle.Write(folder.File("bundle"));
        Assert.Equal(
            [
                "cloud.onnx", "edge.onnx", "golden.jsonl", "layers_1_1.weights", "layers_2_2.weights", "layers_3_3.weights",
                "mobile.onnx", "plan.json", "tokenizer.json",
            ],
            manifest.Files.Select(file => file.Name));
        Assert.All(manifest.Files, file =>
        {
            var content = File.ReadAllBytes(folder.File("bundle", file.Name));
            Assert.Equal((file.Size, file.Sha256), (content.Length, Convert.ToHexStringLower(SHA256.HashData(content))));
        });
        using var stream = File.OpenRead(folder.File("bundle", "bundle.json"));
        Assert.Equivalent(manifest, BundleManifest.Read(stream, "bundle.json"), strict: true);
    }

    [Theory]
    [InlineData(new[] { 1, 3 }, new[] { "mobile", "cloud" })]
    [InlineData(new[] { 1, 2, 3, 4 }, new[] { "mobile", "edge1", "edge2", "cloud" })]
    public void Tiers_are_those_of_the_plans_costs(int[] depths, string[] names)
    {
        using var folder = new TemporaryFolder();
        var exits = new ExitHeadConfig([1, 2, 3, 4], "linear", "cls", ["no", "yes"], 16);
        var checkpoint = RandomCheckpoint.Create(RandomCheckpoint.Config(layers: 4), exits);
        var manifest = TinyBundle.Write(folder.File("bundle"), checkpoint, TinyBundle.Plan("cloud", depths));
        Assert.Equal(
            names.Zip(depths, (name, depth) => (name, depth, depth, $"{name}.onnx")),
            manifest.Tiers.Select(tier => (tier.Name, tier.Depth, tier.Exit, tier.Model)));
        string[] weights = [.. depths.Select((depth, i) => $"layers_{(i == 0 ? 1 : depths[i - 1] + 1)}_{depth}.weights")];
        Assert.All(manifest.Tiers.Index(), tier => Assert.Equal(weights[..(tier.Index + 1)], tier.Item.Weights));
        var batch = new RandomBatch(checkpoint.Config, [1, 5, 9], padded: 9, seed: 3);
        Assert.All(manifest.Tiers, tier =>
        {
            using var whole = OnnxSession.Open(OnnxSession.Export(checkpoint, tier.Exit));
            using var shared = OnnxSession.OpenFile(folder.File("bundle", tier.Model));
            Assert.Equal(whole.Run(batch.Ids, batch.Mask, null, batch.Count), shared.Run(batch.Ids, batch.Mask, null, batch.Count));
        });
        Assert.Equal(weights[0], manifest.Embeddings.File);
    }

    [Theory]
    [InlineData(ModelPrecision.Fp16)]
    [InlineData(ModelPrecision.Int8)]
    public void In_few_bits_models_share_the_files_of_their_layers_too(ModelPrecision precision)
    {
        using var folder = new TemporaryFolder();
        var checkpoint = RandomCheckpoint.Create();
        var manifest = TinyBundle.Write(folder.File("bundle"), checkpoint, precision: precision);
        var batch = new RandomBatch(checkpoint.Config, [1, 5, 9], padded: 9, seed: 3);
        Assert.Equal(precision, manifest.Precision);
        Assert.Equal(["layers_1_1.weights", "layers_2_2.weights"], manifest.Tiers[1].Weights);
        Assert.All(manifest.Tiers, tier =>
        {
            using var whole = OnnxSession.Open(OnnxSession.Export(checkpoint, tier.Exit, precision: precision));
            using var shared = OnnxSession.OpenFile(folder.File("bundle", tier.Model));
            Assert.Equal(whole.Run(batch.Ids, batch.Mask, null, batch.Count), shared.Run(batch.Ids, batch.Mask, null, batch.Count));
        });
    }

    [Fact]
    public void The_mobile_of_two_of_MiniLMs_layers_has_less_than_three_tenths_of_its_size_in_int8()
    {
        using var folder = new TemporaryFolder();
        var config = RandomCheckpoint.Config(hidden: 384, layers: 3, heads: 12) with
        {
            IntermediateSize = 1536,
            VocabularySize = 30522,
            MaxPositions = 512,
        };
        var exits = new ExitHeadConfig([2, 3], ExitHeadConfig.PoolerHead, ExitHeadConfig.MeanPooling, ["no", "yes"], 128);
        var checkpoint = RandomCheckpoint.Create(config, exits);

        var (exact, few) = (Size(ModelPrecision.Fp32), Size(ModelPrecision.Int8));

        Assert.InRange(exact, 60e6, 70e6);
        Assert.InRange(few / exact, 0.2, 0.3);

        double Size(ModelPrecision precision)
        {
            var manifest = BundleWriter.Write(
                TinyBundle.Request(checkpoint, TinyBundle.Plan("cloud", 2, 3)) with { Precision = precision },
                folder.File(ChoiceNames.Of(precision)), TestContext.Current.CancellationToken);
            string[] mobile = [manifest.Tiers[0].Model, .. manifest.Tiers[0].Weights];
            return manifest.Files.Where(file => mobile.Contains(file.Name)).Sum(file => (double)file.Size);
        }
    }

    [Fact]
    public void Only_a_task_with_pairs_uses_token_types()
    {
        using var folder = new TemporaryFolder();
        var exits = new ExitHeadConfig([1, 2, 3], "linear", "mean", ["no", "yes"], 16);
        var single = Write(TinyBundle.Request(RandomCheckpoint.Create(exits: exits)), folder.File("single"));
        var pairs = Write(TinyBundle.Request(RandomCheckpoint.Create(exits: exits with { HasPair = true })), folder.File("pairs"));
        Assert.Equal((false, false), (single.HasPair, single.UsesTokenTypes));
        Assert.Equal((true, true), (pairs.HasPair, pairs.UsesTokenTypes));
        using var model = OnnxSession.OpenFile(folder.File("pairs", "mobile.onnx"));
        Assert.Contains("token_type_ids", model.InputNames);
    }

    [Fact]
    public void Golden_answers_are_read_back_as_they_were_given()
    {
        using var folder = new TemporaryFolder();
        GoldenSample[] golden =
        [
            new(
                "tab\tand \"quotes\"", "ein Päärchen",
                new Dictionary<int, float[]> { [1] = [0.1f, -3e-8f], [2] = [1, 2], [3] = [float.MaxValue, 0] }),
            new("", null, new Dictionary<int, float[]> { [1] = [1, 0], [2] = [1, 0], [3] = [1, 0] }),
        ];
        var manifest = Write(TinyBundle.Request() with { Golden = golden, Revision = 7 }, folder.File("bundle"));
        Assert.Equal(("golden.jsonl", 7), (manifest.Golden, manifest.Revision));
        using var stream = File.OpenRead(folder.File("bundle", "golden.jsonl"));
        Assert.Equivalent(golden, GoldenSamples.Read(stream, "golden.jsonl"), strict: true);
    }

    [Fact]
    public void Without_golden_answers_there_is_no_file_for_them()
    {
        using var folder = new TemporaryFolder();
        Assert.Null(Write(TinyBundle.Request(), folder.File("bundle")).Golden);
        Assert.False(File.Exists(folder.File("bundle", "golden.jsonl")));
    }

    [Fact]
    public void Everything_that_does_not_fit_is_reported_together_and_nothing_is_written()
    {
        using var folder = new TemporaryFolder();
        TinyBundle.Write(folder.File("bundle"));
        var before = File.ReadAllBytes(folder.File("bundle", "bundle.json"));
        var request = TinyBundle.Request(plan: TinyBundle.Plan("cloud", 1, 2, 5)) with
        {
            Revision = 0,
            Golden = [new GoldenSample("x", null, new Dictionary<int, float[]> { [1] = [float.NaN, 1], [2] = [1, 2], [5] = [1, 2] })],
        };
        var error = Assert.Throws<InputException>(() => Write(request, folder.File("bundle")));
        Assert.Equal(
            [
                "Revision: is 0; number revisions from 1.",
                "plan costs tiers[2].depth: is 5, where the model has exits at 1, 2, 3; "
                + "plan with depths that were trained, or train with an exit there.",
                "golden[0] exit 1: has no 2 finite logits; hand in the trained model's answer at every tier's exit.",
            ],
            error.Errors.Select(problem => problem.ToString()));
        Assert.Equal(before, File.ReadAllBytes(folder.File("bundle", "bundle.json")));
        Assert.Equal([folder.File("bundle")], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_tier_name_that_is_no_file_name_is_refused()
    {
        using var folder = new TemporaryFolder();
        var plan = TinyBundle.Plan();
        var tiers = plan.Costs.Tiers.Select((tier, t) => t == 1 ? tier with { Name = "../edge" } : tier).ToArray();
        var bad = plan with { Costs = new Costs.CostStructure("layers", tiers, []) };
        var error = Assert.Throws<InputException>(() => Write(TinyBundle.Request(plan: bad), folder.File("bundle")));
        Assert.Equal("plan costs tiers[1].name: is '../edge'; use only a–z, 0–9, '-' and '_'.", error.Message);
    }

    [Fact]
    public void A_bare_encoder_is_refused()
    {
        using var folder = new TemporaryFolder();
        var trained = RandomCheckpoint.Create();
        var bare = new Checkpoint(trained.Config, trained.Weights, null, null);
        var error = Assert.Throws<InputException>(() => Write(TinyBundle.Request(bare), folder.File("bundle")));
        Assert.Equal("checkpoint: has no exits; train it first, or give the model folder of a finished run.", error.Message);
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("walk")]
    [InlineData("walk_2")]
    [InlineData("2_4")]
    public void A_tier_name_that_another_models_would_be_is_refused(string name)
    {
        using var folder = new TemporaryFolder();
        var plan = TinyBundle.Plan();
        var tiers = plan.Costs.Tiers.Select((tier, t) => t == 1 ? tier with { Name = name } : tier).ToArray();
        var bad = plan with { Costs = new Costs.CostStructure("layers", tiers, []) };
        var error = Assert.Throws<InputException>(() => Write(TinyBundle.Request(plan: bad), folder.File("bundle")));
        Assert.Equal(
            $"plan costs tiers[1].name: is '{name}', and another model is called so; give the tier another name.", error.Message);
    }

    [Fact]
    public void Cancelled_work_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<OperationCanceledException>(() =>
            BundleWriter.Write(TinyBundle.Request(), folder.File("bundle"), new CancellationToken(true)));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_failing_part_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        var request = TinyBundle.Request() with { WriteTokenizer = _ => throw new IOException("disk full") };
        Assert.Throws<IOException>(() => Write(request, folder.File("bundle")));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    private static BundleManifest Write(BundleRequest request, string folder) =>
        BundleWriter.Write(request, folder, TestContext.Current.CancellationToken);
}

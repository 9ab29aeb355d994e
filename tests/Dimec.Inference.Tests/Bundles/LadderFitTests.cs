using System.Text.Json;
using Dimec.Bundles;
using Dimec.Checkpoints;
using Dimec.Costs;
using Dimec.Exits.Ngrams;
using Dimec.Export;
using Dimec.Policies;

namespace Dimec.Inference.Tests.Bundles;

/// <summary>Bundles of ladders whose parts, each sound in itself, do not belong together; and bundles from before there were any.</summary>
public sealed class LadderFitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_ladders_bundle_opens_with_what_each_tier_needs()
    {
        var folder = Write();
        var bundle = Bundle.Open(folder);
        Assert.Equal(2, bundle.Ngram!.Classes);
        Assert.Equal([new LayerStretch(1, 2), new LayerStretch(2, 3)], bundle.Manifest.Stretches.Select(stretch => stretch.Layers));
        string[] others =
            ["edge.onnx", "cloud.onnx", "dimec_1_2.onnx", "dimec_2_3.onnx", "layers_2_2.weights", "layers_3_3.weights"];
        foreach (var file in others)
            File.Delete(Path.Combine(folder, file));
        using var mobile = TierModel.Load(Bundle.OpenLocal(folder), "mobile");
        Assert.Equal([new LayerStretch(0, 1)], mobile.Stretches);
        Assert.True(mobile.GivesHidden(mobile.Stretches[0]));
    }

    [Fact]
    public void Without_its_n_gram_exit_a_plan_that_looks_there_is_refused()
    {
        var folder = Write();
        TinyBundle.Rewrite(folder, manifest => manifest with { Ngram = null });
        Refused(folder, "plan.json: looks at exit 0, of which bundle.json names no file; export the bundle again");
    }

    [Theory]
    [InlineData(3, false, "ngram.bin: is for 3 classes of texts where bundle.json has 2 of texts")]
    [InlineData(2, true, "ngram.bin: is for 2 classes of pairs of texts where bundle.json has 2 of texts")]
    public void An_n_gram_exit_of_another_task_is_refused(int classes, bool pair, string sentence)
    {
        var folder = Write();
        Replace(folder, Ngram(classes, pair, TinyBundle.Tokenizer().TokenizerJsonHash()));
        Refused(folder, sentence);
    }

    [Fact]
    public void An_n_gram_exit_of_another_tokenizer_is_refused()
    {
        var folder = Write();
        Replace(folder, Ngram(2, false, new string('a', 64)));
        Refused(folder, "ngram.bin: was trained with");
    }

    [Fact]
    public void A_plan_that_has_a_tier_run_layers_of_which_there_is_no_model_is_refused()
    {
        var folder = Write();
        TinyBundle.Rewrite(folder, manifest => manifest with { Stretches = [manifest.Stretches[0]] });
        Refused(folder, "plan.json: has cloud run the layers 3 to 3, of which bundle.json has no model");
    }

    [Fact]
    public void Biases_of_another_number_of_classes_are_refused()
    {
        var folder = Write(bias: 3);
        Refused(folder, "plan.json: was made for 3 classes where bundle.json has 2");
    }

    [Fact]
    public void A_model_of_other_layers_in_a_stretchs_place_is_refused_when_it_is_loaded()
    {
        var folder = Write();
        TinyBundle.Replace(folder, "dimec_1_2.onnx", File.ReadAllBytes(Path.Combine(folder, "edge.onnx")));
        var message = Assert.Throws<InputException>(() => TierModel.Load(Bundle.Open(folder), "edge")).Message;
        Assert.Contains("and fp32 hidden_states; export the bundle again", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_pairs_the_token_types_are_for_the_first_layer_alone()
    {
        var exits = RandomCheckpoint.Create().Exits! with { HasPair = true };
        var folder = Write(checkpoint: RandomCheckpoint.Create(exits: exits));
        var bundle = Bundle.Open(folder);
        using var mobile = TierModel.Load(bundle, "mobile");
        using var edge = TierModel.Load(bundle, "edge");
        var input = new TierInput(1, 4, new long[] { 1, 1, 1, 1 }) { Ids = new long[] { 2, 5, 3, 6 }, Types = new long[] { 0, 0, 0, 1 } };
        var (states, whole, resumed) = (new float[4 * edge.HiddenSize], new float[2], new float[2]);
        mobile.Run(new LayerStretch(0, 1), input, new float[2], states);
        edge.Run(new LayerStretch(0, 2), input, whole, []);
        edge.Run(new LayerStretch(1, 2), input with { Hidden = states }, resumed, []);
        Assert.Equal(whole, resumed, (one, other) => Math.Abs(one - other) < 1e-5);
    }

    [Fact]
    public void A_stretch_that_lies_is_refused_with_the_manifest()
    {
        var folder = Write();
        TinyBundle.Rewrite(folder, manifest => manifest with
        {
            Stretches =
            [
                manifest.Stretches[0] with { Layers = new LayerStretch(2, 2), Tiers = ["fog"] },
                manifest.Stretches[1] with { Tiers = ["mobile"] },
                manifest.Stretches[1] with { Tiers = [] },
            ],
        });
        var errors = Assert.Throws<InputException>(() => Bundle.Open(folder)).Errors.Select(error => $"{error}").ToArray();
        Assert.Contains(errors, error => error.Contains("stretches[0]: goes from layer 2 to 2", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains("stretches[0].tiers: has 'fog', which is no tier", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains("stretches[1].to: is 3, where mobile has 1 layers", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains("stretches[2]: is the layers 3 to 3 a second time", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains("stretches[2].tiers: are none", StringComparison.Ordinal));
    }

    /// <summary>Its models held their weights, and it named neither stretches nor exit 0.</summary>
    [Fact]
    public void A_bundle_of_before_opens_and_answers_as_before()
    {
        var folder = _folder.File("old");
        var checkpoint = RandomCheckpoint.Create();
        TinyBundle.Write(folder, checkpoint);
        var text = TinyBundle.Tokenizer().Encode("the film is good", null, 32);
        var expected = Logits(folder, text);
        long offset = 0;
        foreach (var (exit, file) in new[] { (1, "mobile.onnx"), (2, "edge.onnx"), (3, "cloud.onnx") })
        {
            using var model = new MemoryStream();
            OnnxExporter.Export(checkpoint, exit, tokenTypes: false, model);
            TinyBundle.Replace(folder, file, model.ToArray());
            if (exit == 1)
                offset = Find(model.ToArray(), checkpoint.Weights["embeddings.word_embeddings.weight"].Values);
        }

        TinyBundle.Rewrite(folder, manifest => manifest with
        {
            Tiers = [.. manifest.Tiers.Select(tier => tier with { Weights = [] })],
            Files = [.. manifest.Files.Where(file => !file.Name.EndsWith(".weights", StringComparison.Ordinal))],
            Embeddings = manifest.Embeddings with
            {
                File = "mobile.onnx",
                Word = manifest.Embeddings.Word with { Offset = offset },
            },
        });
        foreach (var file in Directory.GetFiles(folder, "*.weights"))
            File.Delete(file);
        Assert.DoesNotContain("weights", File.ReadAllText(Path.Combine(folder, "bundle.json")), StringComparison.Ordinal);
        Assert.Equal(expected, Logits(folder, text), (one, other) => Math.Abs(one - other) < 1e-6);
    }

    private static float[] Logits(string folder, Text.TokenizedText text)
    {
        var bundle = Bundle.Open(folder);
        return [.. bundle.Manifest.Tiers.SelectMany(tier =>
        {
            using var model = TierModel.Load(bundle, tier.Name);
            return model.Run([text]);
        })];
    }

    private static long Find(byte[] file, float[] values) =>
        file.AsSpan().IndexOf(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()));

    private static void Refused(string folder, string sentence) => Assert.Contains(
        sentence, Assert.Throws<InputException>(() => Bundle.Open(folder)).Message, StringComparison.Ordinal);

    private static void Replace(string folder, NgramModel ngram)
    {
        using var content = new MemoryStream();
        ngram.Write(content);
        TinyBundle.Replace(folder, "ngram.bin", content.ToArray());
    }

    private static NgramModel Ngram(int classes, bool pair, string tokenizer) => NgramTrainer.Train(
        [.. Enumerable.Range(0, 6).Select(i => new NgramSample([i, i + 1], pair ? [i] : null, i % classes))], classes, tokenizer,
        new NgramOptions { Epochs = 1, LearningRate = 0.1 }).Quantize();

    private string Write(int bias = 2, Checkpoint? checkpoint = null)
    {
        var costs = CostStructure.Default([1, 2, 3]);
        var factory = PolicyList.Default.Find("ladder", costs, "policy");
        object Stop(int exit, string tier, string start) => new
        {
            exit,
            tier,
            start,
            threshold = 0.9,
            weights = new Dictionary<string, double> { [$"{exit}"] = 1 },
            bias = new double[bias],
        };
        var parameters = JsonSerializer.SerializeToElement(new
        {
            stops = new[]
            {
                Stop(0, "mobile", "here"), Stop(1, "mobile", "text"), Stop(2, "edge", "forwarded"),
                new
                {
                    exit = 3,
                    tier = "cloud",
                    start = "forwarded",
                    weights = new Dictionary<string, double> { ["3"] = 1 },
                    bias = new double[bias],
                },
            },
        });
        var plan = TinyBundle.Plan() with { Factory = factory, Parameters = factory.Read(parameters, costs, "plan") };
        var folder = _folder.File("bundle");
        BundleWriter.Write(
            TinyBundle.Request(checkpoint, plan) with
            {
                WriteNgram = Ngram(2, checkpoint?.Exits!.HasPair ?? false, TinyBundle.Tokenizer().TokenizerJsonHash()).Write,
            },
            folder);
        return folder;
    }
}

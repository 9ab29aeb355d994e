using Dimec.Checkpoints;
using Dimec.Checkpoints.Architectures;
using Dimec.Checkpoints.Safetensors;
using Dimec.Fuzzing.Made;
using Dimec.Fuzzing.Mutation;
using Dimec.Testing;

namespace Dimec.Fuzzing.Files;

/// <summary>A checkpoint's folder in Hugging Face's layout.</summary>
internal sealed class CheckpointTarget() : FolderTarget(new Dictionary<string, Func<Random, byte[]>>
{
    ["config.json"] = random => random.Next(4) == 0 ? s_distil(random) : s_config(random),
    ["model.safetensors"] = random => s_weights.Mutate(random),
    ["model.safetensors.index.json"] = Json(s_index),
    ["modules.json"] = Json(Documents.Modules),
    ["1_Pooling/config.json"] = Json(Documents.Pooling),
    ["sentence_bert_config.json"] = Json(Documents.SentenceSettings),
    ["tokenizer_config.json"] = Json(Documents.TokenizerConfig),
})
{
    private static readonly Func<Random, byte[]> s_config = Json(Documents.Config);
    private static readonly string s_plain =
        Documents.Config[..Documents.Config.IndexOf(",\"dimec\"", StringComparison.Ordinal)] + "}";

    private static readonly Func<Random, byte[]> s_distil = Json(Documents.DistilConfig);
    private static readonly byte[] s_valid = Weights();
    private static readonly SafetensorsMutator s_weights = new(s_valid);

    private static readonly string s_index = "{\"metadata\":{\"total_size\":1},\"weight_map\":{"
        + string.Join(',', Expected().Select(weight => $"\"{weight.Name}\":\"a.safetensors\"")) + "}}";

    private readonly TemporaryFolder _folder = new();

    public override string Name => "checkpoint";

    public override string What => "config.json, weights, their index, pooling and sentence settings of a checkpoint";

    public override double Share => 0.5;

    public override Verdict Run(byte[] input)
    {
        var changed = FileSet.Unpack(input);
        // Who looks for how texts are pooled has no exits.
        Write("config.json", System.Text.Encoding.UTF8.GetBytes(
            changed.Keys.Any(name => name.Contains("odules", StringComparison.Ordinal) || name.Contains("ooling", StringComparison.Ordinal)
                || name.StartsWith("sentence", StringComparison.Ordinal))
                ? s_plain
                : Documents.Config));
        Write("modules.json", System.Text.Encoding.UTF8.GetBytes(Documents.Modules));
        Write("1_Pooling/config.json", System.Text.Encoding.UTF8.GetBytes(Documents.Pooling));
        Write("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\n"u8.ToArray());
        Write("model.safetensors", s_valid);
        if (changed.ContainsKey("model.safetensors.index.json"))
        {
            File.Delete(_folder.File("model.safetensors"));
            Write("a.safetensors", s_valid);
        }

        foreach (var (name, content) in changed)
            Write(name, content);
        try
        {
            Checkpoint.Load(_folder.Path);
            return Verdict.Accepted;
        }
        catch (InputException wrong)
        {
            Sentences.Check(wrong);
            return IsWellFormed(changed) ? Verdict.Refused : Verdict.Malformed;
        }
        finally
        {
            foreach (var name in changed.Keys)
                File.Delete(_folder.File(name));
        }
    }

    protected override void Close() => _folder.Dispose();

    private void Write(string name, byte[] content)
    {
        var path = _folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }

    private static IEnumerable<ExpectedWeight> Expected() => ExpectedWeights.Of(
        new EncoderConfig { HiddenSize = 8, Layers = 2, Heads = 2, IntermediateSize = 16, VocabularySize = 20, MaxPositions = 12 },
        new ExitHeadConfig([1, 2], "linear", "cls", ["a", "b"], 12));

    private static byte[] Weights()
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, [.. Expected().Select(weight => new SafetensorsTensor(
            weight.Name, weight.Shape, new float[weight.Shape.Aggregate(1, (product, size) => product * size)]))]);
        return stream.ToArray();
    }
}

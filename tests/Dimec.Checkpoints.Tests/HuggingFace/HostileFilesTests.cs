using System.Diagnostics;
using System.Text;
using CsCheck;

namespace Dimec.Checkpoints.Tests.HuggingFace;

/// <summary>Whatever stands in place of a checkpoint's file, it loads or a sentence says what is wrong.</summary>
public sealed class HostileFilesTests
{
    private const string Modules =
        """[{"idx":0,"name":"0","path":"","type":"sentence_transformers.models.Transformer"},{"path":"1_Pooling","type":"sentence_transformers.models.Pooling"}]""";

    private const string PoolingSettings =
        """{"word_embedding_dimension":8,"pooling_mode":"mean","pooling_mode_mean_tokens":true,"pooling_mode_cls_token":false}""";

    private const string Own =
        """{"model_type":"bert","architectures":["BertModel"],"_name_or_path":"x","tokenizer_class":"BertTokenizer","is_decoder":false,"pruned_heads":{},"hidden_size":8,"num_hidden_layers":2,"num_attention_heads":2,"intermediate_size":16,"vocab_size":20,"max_position_embeddings":12,"type_vocab_size":2,"hidden_act":"gelu","layer_norm_eps":1e-12,"hidden_dropout_prob":0.1,"classifier_dropout":null,"pad_token_id":0,"position_embedding_type":"absolute","id2label":{"0":"a","1":"b"},"label2id":{"a":0,"b":1},"dimec":{"exits":[1,2],"head":"linear","pooling":"cls","max_length":12,"pair":true}}""";

    [Fact]
    public void NoValueInConfigEscapesAsAnotherException() => Hold("config.json", JsonDamage.Each(Own));

    [Fact]
    public void NoValueInThePoolingsFilesEscapesAsAnotherException()
    {
        Hold("1_Pooling/config.json", JsonDamage.Each(PoolingSettings));
        Hold("modules.json", JsonDamage.Each(Modules));
    }

    [Fact]
    public void NoValueInTheIndexEscapesAsAnotherException()
    {
        var map = string.Join(",", TinyFolder.Tensors().Select(tensor => $"\"{tensor.Name}\":\"a.safetensors\""));
        Hold("model.safetensors.index.json", JsonDamage.Each("{\"metadata\":{\"total_size\":1},\"weight_map\":{" + map + "}}"));
    }

    [Fact]
    public void NoValueInAHeaderEscapesAsAnotherException()
    {
        const string Header = """{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F16","shape":[2],"data_offsets":[8,12]}}""";
        using var folder = new TinyFolder();
        foreach (var header in JsonDamage.Each(Header))
        {
            File.WriteAllBytes(folder["model.safetensors"], SafetensorsBytes.Make(header, 12));
            folder.Refused();
        }
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("1_Pooling/config.json")]
    [InlineData("modules.json")]
    [InlineData("model.safetensors.index.json")]
    public void TextThatIsNoUtf8IsRefusedWithItsLine(string file)
    {
        using var folder = new TinyFolder();
        Prepare(folder, file);
        foreach (var (content, expected) in new[]
                 {
                     ([.. "{\"a\":\n\""u8, 0xFF, .. "\"}"u8], "line 2: holds bytes that are not UTF-8"),
                     ("{\"a\":\n\"\\ud800\"}"u8.ToArray(), "line 2: holds an escape sequence that is half a character"),
                     ("{\"a\":\n\"\\udc00x\"}"u8.ToArray(), "line 2: holds an escape sequence that is half a character"),
                 })
        {
            File.WriteAllBytes(folder[file], content);
            Assert.Contains($"{folder[file]} {expected}", folder.Refused().Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""")]
    [InlineData("""{"a":{"dtype":"\ud800","shape":[2],"data_offsets":[0,8]}}""")]
    [InlineData("""{"__metadata__":{"a":"\ud800"}}""")]
    public void HalfACharacterInAHeaderIsRefused(string header)
    {
        using var folder = new TinyFolder();
        File.WriteAllBytes(folder["model.safetensors"], SafetensorsBytes.Make(header, 8));
        Assert.Contains(
            "model.safetensors header line 1: holds an escape sequence that is half a character", folder.Refused().Message,
            StringComparison.Ordinal);
        var bytes = SafetensorsBytes.Make(header.Replace("\\ud800", "?", StringComparison.Ordinal), 8);
        bytes[bytes.AsSpan().IndexOf((byte)'?')] = 0xFF;
        File.WriteAllBytes(folder["model.safetensors"], bytes);
        Assert.Contains(
            "model.safetensors header line 1: holds bytes that are not UTF-8", folder.Refused().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("model.safetensors")]
    [InlineData("tokenizer.json")]
    [InlineData("vocab.txt")]
    [InlineData("tokenizer_config.json")]
    [InlineData("added_tokens.json")]
    [InlineData("special_tokens_map.json")]
    [InlineData("modules.json")]
    [InlineData("1_Pooling/config.json")]
    [InlineData("model.safetensors.index.json")]
    [InlineData("a.safetensors")]
    public void APipeAFolderAndADeadLinkAreNamedInPlaceOfAnyFile(string file)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes in its folders.");
        using var folder = new TinyFolder();
        Prepare(folder, file);
        File.Delete(folder[file]);
        Process.Start("mkfifo", [folder[file]]).WaitForExit();
        Assert.Contains($"{folder[file]}: is a pipe, not a file", folder.Refused().Message, StringComparison.Ordinal);
        File.Delete(folder[file]);
        File.CreateSymbolicLink(folder[file], "/dev/zero");
        Assert.Contains($"{folder[file]}: is a device, not a file", folder.Refused().Message, StringComparison.Ordinal);
        File.Delete(folder[file]);
        File.CreateSymbolicLink(folder[file], "/nowhere/blob");
        Assert.Contains(
            $"{folder[file]}: is a link to /nowhere/blob, which does not exist", folder.Refused().Message, StringComparison.Ordinal);
        File.Delete(folder[file]);
        Directory.CreateDirectory(folder[file]);
        Assert.Contains($"{folder[file]}: is a folder, not a file", folder.Refused().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NoValuesTogetherEscapeAsAnotherException()
    {
        using var folder = new TinyFolder();
        Prepare(folder, "1_Pooling/config.json");
        Gen.Select(Gen.Int, Gen.Int[0, 3]).Sample(
            (seed, changes) =>
            {
                File.WriteAllText(folder["config.json"], JsonDamage.Some(Own, seed, changes));
                File.WriteAllText(folder["1_Pooling/config.json"], JsonDamage.Some(PoolingSettings, seed + 1, changes));
                File.WriteAllText(folder["modules.json"], JsonDamage.Some(Modules, seed + 2, changes / 2));
                LoadsOrSays(folder);
            },
            iter: 1000,
            threads: 1);
    }

    [Fact]
    public void NoFlippedByteInConfigEscapesAsAnotherException()
    {
        using var folder = new TinyFolder();
        var good = Encoding.UTF8.GetBytes(Own);
        Gen.Select(Gen.Int[0, good.Length], Gen.Int[0, good.Length - 1], Gen.Byte).Sample(
            (cut, place, value) =>
            {
                var bytes = (byte[])good.Clone();
                bytes[place] = value;
                File.WriteAllBytes(folder["config.json"], bytes[..cut]);
                LoadsOrSays(folder);
            },
            iter: 1000,
            threads: 1);
    }

    private static void Hold(string file, IEnumerable<string> contents)
    {
        using var folder = new TinyFolder();
        Prepare(folder, file);
        foreach (var content in contents)
        {
            File.WriteAllText(folder[file], content);
            LoadsOrSays(folder);
        }
    }

    private static void LoadsOrSays(TinyFolder folder)
    {
        try
        {
            Assert.NotEmpty(Checkpoint.Load(folder.Path).Weights);
        }
        catch (InputException exception)
        {
            Assert.DoesNotContain(exception.Errors, error => string.IsNullOrEmpty(error.Problem));
        }
    }

    private static void Prepare(TinyFolder folder, string file)
    {
        if (file == "1_Pooling/config.json")
            Directory.CreateDirectory(folder["1_Pooling"]);
        if (file is "model.safetensors.index.json")
            File.Move(folder["model.safetensors"], folder["a.safetensors"]);
        if (file == "a.safetensors")
        {
            File.Move(folder["model.safetensors"], folder["a.safetensors"]);
            File.WriteAllText(folder["model.safetensors.index.json"], """{"weight_map":{"x":"a.safetensors"}}""");
        }
    }
}

using System.Security.Cryptography;

namespace Dimec.Inference.Tests.Bundles;

public sealed class BundleTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly string _folder;

    public BundleTests()
    {
        _folder = _temporary.File("bundle");
        TinyBundle.Write(_folder);
    }

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void A_bundle_as_it_was_exported_opens()
    {
        var bundle = Bundle.Open(_folder);
        Assert.Equal(_folder, bundle.Folder);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(PathOf("bundle.json")))), bundle.Hash);
        Assert.Equal(["mobile", "edge", "cloud"], bundle.Manifest.Tiers.Select(tier => tier.Name));
        Assert.Equal("cloud", bundle.Plan.Policy);
        Assert.Equal(
            TinyBundle.Tokenizer().Encode("a very good film", null, 10).Ids, bundle.Tokenizer.Encode("a very good film", null, 10).Ids);
        Assert.Equal(["the film is good", "a dull plot"], bundle.ReadGolden().Select(sample => sample.Text));
        Assert.Equal(2, bundle.Tier("edge").Depth);
    }

    [Fact]
    public void A_phone_needs_no_model_but_its_own()
    {
        File.Delete(PathOf("edge.onnx"));
        File.WriteAllText(PathOf("cloud.onnx"), "another");
        var bundle = Bundle.Open(_folder, ["mobile"]);
        using var model = TierModel.Load(bundle, "mobile");
        using var layer = EmbeddingLayer.Open(bundle);
        Assert.Throws<InvalidOperationException>(() => TierModel.Load(bundle, "edge"));
    }

    [Fact]
    public void Changed_truncated_and_missing_files_are_reported_together()
    {
        var mobile = File.ReadAllBytes(PathOf("mobile.onnx"));
        mobile[mobile.Length / 2] ^= 1;
        File.WriteAllBytes(PathOf("mobile.onnx"), mobile);
        var edge = File.ReadAllBytes(PathOf("edge.onnx"));
        File.WriteAllBytes(PathOf("edge.onnx"), edge[..^100]);
        File.Delete(PathOf("tokenizer.json"));
        var errors = Assert.Throws<InputException>(() => Bundle.Open(_folder)).Errors.Select(error => error.ToString()).ToArray();
        Assert.Equal(3, errors.Length);
        Assert.Equal(
            $"{PathOf("edge.onnx")}: has {edge.Length - 100} bytes where bundle.json says {edge.Length}; "
            + "copy the bundle again, or export it again.", errors[0]);
        Assert.StartsWith(
            $"{PathOf("mobile.onnx")}: was changed: "
            + $"its SHA-256 is {Convert.ToHexStringLower(SHA256.HashData(mobile))} where bundle.json says ",
            errors[1], StringComparison.Ordinal);
        Assert.Equal(
            $"{PathOf("tokenizer.json")}: is missing, although bundle.json lists it; copy the bundle again, or export it again.",
            errors[2]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nowhere")]
    public void A_folder_that_is_no_bundle_is_named(string name)
    {
        var folder = name.Length == 0 ? _temporary.Path : _temporary.File(name);
        Assert.Equal($"{folder}: has no bundle.json; give the folder that dimec export wrote.", Message(() => Bundle.Open(folder)));
    }

    [Fact]
    public void An_unknown_tier_is_named_with_those_that_there_are()
    {
        Assert.Equal($"{_folder}: has no tier 'fog'; use one of mobile, edge, cloud.", Message(() => Bundle.Open(_folder, ["fog"])));
        Assert.Equal(
            $"{_folder}: has no tier 'fog'; use one of mobile, edge, cloud.", Message(() => TierModel.Load(Bundle.Open(_folder), "fog")));
    }

    [Fact]
    public void A_format_of_the_future_is_refused()
    {
        Edit("\"format\": 1", "\"format\": 2");
        Assert.Contains("bundle.json format: is 2", Message(() => Bundle.Open(_folder)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../mobile.onnx")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("sub\\\\mobile.onnx")]
    public void A_name_that_leads_out_of_the_folder_is_refused(string name)
    {
        Edit("mobile.onnx", name);
        Assert.Contains("is no plain file name", Message(() => Bundle.Open(_folder)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_that_is_no_json_is_refused()
    {
        File.WriteAllText(PathOf("bundle.json"), "{\"format\": 1,");
        Assert.Contains("bundle.json line 1: is not well-formed JSON", Message(() => Bundle.Open(_folder)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_for_other_tiers_is_refused()
    {
        using var plan = new MemoryStream();
        TinyBundle.Plan("cloud", 1, 3).Write(plan);
        TinyBundle.Replace(_folder, "plan.json", plan.ToArray());
        Assert.Equal(
            $"{PathOf("plan.json")}: plans for mobile (depth 1), cloud (depth 3) "
            + "where bundle.json has mobile (depth 1), edge (depth 2), cloud (depth 3); "
            + "export the bundle again with the plan that was made for this model.",
            Message(() => Bundle.Open(_folder)));
    }

    [Fact]
    public void A_tokenizer_with_more_tokens_than_the_model_is_refused()
    {
        TinyBundle.Rewrite(_folder, manifest => manifest with
        {
            Embeddings = manifest.Embeddings with { Word = manifest.Embeddings.Word with { Rows = 49 } },
        });
        Assert.Contains("has 50 tokens where the model has rows for 49", Message(() => Bundle.Open(_folder)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_tokenizer_whose_template_the_model_has_no_rows_or_no_room_for_is_refused()
    {
        using var good = new MemoryStream();
        TinyBundle.Tokenizer().WriteTokenizerJson(good);
        var json = System.Text.Json.Nodes.JsonNode.Parse(good.ToArray())!;
        json["post_processor"]!["single"]![0]!["SpecialToken"]!["type_id"] = 2;
        TinyBundle.Replace(_folder, "tokenizer.json", System.Text.Encoding.UTF8.GetBytes(json.ToJsonString()));
        Assert.Contains(
            "post_processor: sets 2 special tokens and 3 token types where texts have up to", Message(() => Bundle.Open(_folder)),
            StringComparison.Ordinal);

        json["post_processor"]!["single"]![0]!["SpecialToken"]!["type_id"] = 0;
        json["post_processor"]!["special_tokens"]!["[CLS]"] = System.Text.Json.Nodes.JsonNode.Parse(
            """{"id":"[CLS]","ids":[2,2,2],"tokens":["a","a","a"]}""");
        TinyBundle.Replace(_folder, "tokenizer.json", System.Text.Encoding.UTF8.GetBytes(json.ToJsonString()));
        TinyBundle.Rewrite(_folder, manifest => manifest with { MaxLength = 4 });
        Assert.Contains(
            "sets 4 special tokens and 1 token types where texts have up to 4 tokens", Message(() => Bundle.Open(_folder)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_longer_than_the_models_positions_are_refused()
    {
        TinyBundle.Rewrite(_folder, manifest => manifest with { MaxLength = 65 });
        Assert.Equal(
            $"{PathOf("bundle.json")} maxLength: is 65 where the model has 64 positions; export the bundle again.",
            Message(() => Bundle.Open(_folder)));
    }

    private string PathOf(string file) => Path.Combine(_folder, file);

    private void Edit(string from, string to)
    {
        var text = File.ReadAllText(PathOf("bundle.json"));
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(PathOf("bundle.json"), text.Replace(from, to, StringComparison.Ordinal));
    }

    private static string Message(Action action) => Assert.Throws<InputException>(action).Message;
}

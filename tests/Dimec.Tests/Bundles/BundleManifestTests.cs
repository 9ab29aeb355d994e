using Dimec.Bundles;
using Dimec.Predictions;

namespace Dimec.Tests.Bundles;

public class BundleManifestTests
{
    private static readonly string s_hash = new('a', 64);

    private static readonly BundleManifest s_manifest = new()
    {
        Revision = 3,
        Labels = ["no", "yes"],
        MaxLength = 128,
        HasPair = true,
        UsesTokenTypes = true,
        Embeddings = new EmbeddingTables(
            "mobile.onnx", 4, new(0, 10, 4), new(160, 8, 4), new(288, 2, 4), new(320, 1, 4), new(336, 1, 4), 1e-12,
            EmbeddingKind.LayerNorm),
        Tiers = [new("mobile", 2, 2, "mobile.onnx"), new("cloud", 6, 6, "cloud.onnx")],
        Files = [.. new[] { "mobile.onnx", "cloud.onnx", "tokenizer.json", "plan.json", "golden.jsonl" }.Select(name =>
            new BundleFile(name, 7, s_hash))],
    };

    [Fact]
    public void A_manifest_reads_back_as_it_was()
    {
        var text = TextFiles.Written(s_manifest.Write);
        var again = BundleManifest.Read(TextFiles.Stream(text), "bundle.json");
        Assert.Equal(text, TextFiles.Written(again.Write));
        Assert.Equal(s_manifest.Embeddings, again.Embeddings);
        Assert.Null(
            BundleManifest.Read(TextFiles.Stream(TextFiles.Written((s_manifest with { Golden = null }).Write)), "bundle.json").Golden);
    }

    [Fact]
    public void The_kind_of_embedding_is_left_out_where_it_is_the_default_and_read_back_where_it_is_not()
    {
        Assert.DoesNotContain("kind", TextFiles.Written(s_manifest.Write), StringComparison.Ordinal);
        foreach (var (kind, size) in new[] { (EmbeddingKind.LayerNorm, 4), (EmbeddingKind.Sum, 4), (EmbeddingKind.TokenNorms, 128) })
        {
            var other = s_manifest with { Embeddings = s_manifest.Embeddings with { Kind = kind } };
            var again = BundleManifest.Read(TextFiles.Stream(TextFiles.Written(other.Write)), "bundle.json");
            Assert.Equal((kind, size), (again.Embeddings.Kind, again.EmbeddingSize));
        }
    }

    [Fact]
    public void Precision_and_numbers_are_left_out_where_they_are_fp32_and_read_back_where_they_are_not()
    {
        var plain = TextFiles.Written(s_manifest.Write);
        Assert.DoesNotContain("precision", plain, StringComparison.Ordinal);
        Assert.DoesNotContain("numbers", plain, StringComparison.Ordinal);
        Assert.DoesNotContain("goldenProcessor", plain, StringComparison.Ordinal);

        var again = BundleManifest.Read(TextFiles.Stream(TextFiles.Written(Int8().Write)), "bundle.json");
        Assert.Equal((ModelPrecision.Int8, ProcessorKind.X64Vnni), (again.Precision, again.GoldenProcessor));
        Assert.Equal(Int8().Embeddings, again.Embeddings);
    }

    [Theory]
    [InlineData("\"precision\": \"int8\"", "\"precision\": \"int4\"",
        "bundle.json precision: is 'int4'; use a version of Dimec that knows it, or export the bundle again.")]
    [InlineData("\"numbers\": \"int8\"", "\"numbers\": \"int16\"",
        "bundle.json embeddings.word.numbers: is 'int16'; use a version of Dimec that knows it, or export the bundle again.")]
    [InlineData("\"goldenProcessor\": \"x64-vnni\"", "\"goldenProcessor\": \"Z80\"",
        "bundle.json goldenProcessor: is 'Z80'; use a version of Dimec that knows it, or export the bundle again.")]
    [InlineData("\"numbers\": \"int8\",", "",
        "bundle.json embeddings.word.scales: are given, which fp32 has not; export the bundle again.")]
    [InlineData("\"scales\": 40", "\"scales\": null",
        "bundle.json embeddings.word.scales: are missing, which int8 needs; export the bundle again.")]
    public void What_is_not_known_of_numbers_is_one_sentence(string right, string wrong, string sentence)
    {
        var text = TextFiles.Written(Int8().Write).Replace(right, wrong, StringComparison.Ordinal);
        var errors = TextFiles.Errors(() => BundleManifest.Read(TextFiles.Stream(text), "bundle.json"));
        Assert.Equal(sentence, new InputException([errors[0]]).Message);
    }

    private static BundleManifest Int8() => s_manifest with
    {
        Precision = ModelPrecision.Int8,
        GoldenProcessor = ProcessorKind.X64Vnni,
        Embeddings = s_manifest.Embeddings with
        {
            Word = new TableSlice(0, 10, 4) { Numbers = ModelPrecision.Int8, Scales = 40 },
            Position = new TableSlice(160, 8, 4) { Numbers = ModelPrecision.Fp16 },
        },
    };

    [Fact]
    public void That_tokens_have_no_types_is_said_and_read_back()
    {
        var untyped = s_manifest with { UsesTokenTypes = false, Embeddings = s_manifest.Embeddings with { TokenType = null } };
        var text = TextFiles.Written(untyped.Write);
        Assert.Contains("\"tokenType\": null", text, StringComparison.Ordinal);
        Assert.Null(BundleManifest.Read(TextFiles.Stream(text), "bundle.json").Embeddings.TokenType);

        var contradiction = TextFiles.Written((untyped with { UsesTokenTypes = true }).Write);
        Assert.Equal(
            "bundle.json usesTokenTypes",
            TextFiles.Errors(() => BundleManifest.Read(TextFiles.Stream(contradiction), "bundle.json"))[0].Where);
    }

    [Theory]
    [InlineData("\"pooling\": \"mean\"", "\"pooling\": \"none\"", "embeddings.pooling")]
    [InlineData("\"pooling\": \"mean\"", "\"pooling\": \"mean\", \"kind\": \"token-norms\"", "embeddings.pooling")]
    [InlineData("\"pooling\": \"mean\"", "\"pooling\": \"mean\", \"kind\": \"norms\"", "embeddings.kind")]
    [InlineData("\"revision\": 3", "\"revision\": 0", "revision")]
    [InlineData("\"no\",", "\"yes\",", "labels")]
    [InlineData("\"maxLength\": 128", "\"maxLength\": 2", "maxLength")]
    [InlineData("\"maxLength\": 128,", "", "maxLength")]
    [InlineData("\"name\": \"tokenizer.json\"", "\"name\": \"../tokenizer.json\"", "files[2].name")]
    [InlineData("\"name\": \"plan.json\"", "\"name\": \"other.json\"", "files")]
    [InlineData("\"sha256\": \"aaaa", "\"sha256\": \"AAAA", "files[0].sha256")]
    [InlineData("\"size\": 7", "\"size\": -7", "files[0].size")]
    [InlineData("\"exit\": 6", "\"exit\": 7", "tiers[1].exit")]
    [InlineData("\"depth\": 6", "\"depth\": 2", "tiers[1].depth")]
    [InlineData("\"hasPair\": true", "\"hasPair\": 1", "hasPair")]
    [InlineData("\"offset\": 160", "\"offset\": \"x\"", "embeddings.position.offset")]
    [InlineData("\"tokenType\": {", "\"types\": {", "embeddings.tokenType")]
    [InlineData("\"format\": 1", "\"format\": 2", "format")]
    public void A_wrong_manifest_names_the_key(string right, string wrong, string key) =>
        Assert.Equal($"bundle.json {key}", TextFiles.Errors(() => BundleManifest.Read(TextFiles.Stream(TextFiles.Written(s_manifest.Write)
            .Replace(right, wrong, StringComparison.Ordinal)), "bundle.json"))[0].Where);
}

using System.Security.Cryptography;
using Dimec.Bundles;
using Dimec.Export.Targets;

namespace Dimec.Export.Tests.Targets;

public sealed class TargetWriterTests(TargetFixture made) : IClassFixture<TargetFixture>
{
    private static readonly TargetSettings s_settings = new() { Storage = "oci://registry.example/dimec:7" };

    public static TheoryData<string> Targets => [.. TargetList.Default.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void The_same_bundle_makes_the_same_bytes(string target)
    {
        var first = Hashes(made.Write(target));
        Assert.NotEmpty(first);
        Assert.Equal(first, Hashes(made.Write(target)));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void A_folder_that_holds_something_is_left_as_it_is(string target)
    {
        var folder = made.New();
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "notes.txt"), "mine");
        Assert.Equal(
            $"Folder {folder}: holds notes.txt, which would be lost; name a new folder, or an empty one.", Refused(target, folder));
        Assert.Equal(["notes.txt"], Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName));
        File.Delete(Path.Combine(folder, "notes.txt"));
        Write(target, folder, s_settings);
        Assert.NotEmpty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public void All_mistakes_come_together()
    {
        var wrong = new TargetSettings { Image = "dimec tier", Storage = "s3://bucket/bundle", Cores = 65, Tiers = ["fog"] };
        var errors = Assert.Throws<InputException>(() => Write("kubernetes", made.New(), wrong)).Errors;
        Assert.Equal(
            [
                "Image: is 'dimec tier', no image's name",
                "Cores: is 65",
                "Storage: is 's3://bucket/bundle', which no volume of a pod can be",
                $"{made.Bundle}: has no tier 'fog'",
            ],
            errors.Select(error => $"{error.Where}: {error.Problem}"));
    }

    [Theory]
    [InlineData("kserve")]
    [InlineData("kubernetes")]
    public void A_cluster_has_to_be_told_where_the_bundle_is(string target) => Assert.StartsWith(
        "Storage: is missing: where ",
        Assert.Throws<InputException>(() => Write(target, made.New(), new TargetSettings())).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("oci://registry.example/dimec:7\nkind: Secret")]
    [InlineData("oci://registry.example/dimec: 7")]
    [InlineData("oci://{}")]
    [InlineData("registry.example/dimec")]
    [InlineData("oci://registry.example/dimec:7\n")]
    public void What_would_be_more_than_a_word_of_a_manifest_is_refused(string storage)
    {
        Assert.Contains("Storage", Names(s_settings with { Storage = storage }));
        Assert.Contains("Image", Names(s_settings with { Image = storage.Replace("oci://", "", StringComparison.Ordinal) + "\n" }));

        IEnumerable<string> Names(TargetSettings settings) =>
            Assert.Throws<InputException>(() => Write("kserve", made.New(), settings)).Errors.Select(error => error.Where);
    }

    [Fact]
    public void A_tier_whose_name_no_cluster_takes_is_refused_and_so_is_a_bundle_without_its_models()
    {
        using var folder = new TemporaryFolder();
        var bundle = folder.File("bundle");
        TinyBundle.Write(bundle);
        TinyBundle.Rewrite(bundle, manifest => manifest with
        {
            Tiers = [manifest.Tiers[0], manifest.Tiers[1] with { Name = "Edge 1" }, manifest.Tiers[2]],
        });
        Assert.StartsWith(
            $"{bundle}: has a tier 'Edge 1', which cannot be a name in a cluster; ", Refused("triton", made.New(), bundle),
            StringComparison.Ordinal);

        TinyBundle.Rewrite(bundle, manifest => manifest with
        {
            Tiers = [manifest.Tiers[0], manifest.Tiers[1] with { Name = "edge" }, manifest.Tiers[2]],
        });
        var model = Path.Combine(bundle, "cloud.onnx");
        File.Delete(model);
        var output = made.New();
        Assert.Equal(
            $"{model}: is missing, although bundle.json lists it; copy the bundle again, or export it again.",
            Refused("triton", output, bundle));
        Assert.False(Directory.Exists(output));
        // What is not served is not needed.
        TargetWriter.Write(
            bundle, TargetList.Default.Find("triton", ""), output, s_settings with { Tiers = ["edge"] },
            TestContext.Current.CancellationToken);
        Assert.Equal(["dimec_edge"], Directory.EnumerateDirectories(output).Select(Path.GetFileName));
    }

    [Fact]
    public void A_signature_goes_with_the_bundle()
    {
        using var folder = new TemporaryFolder();
        TinyBundle.Write(folder.File("bundle"));
        Assert.DoesNotContain(BundleManifest.SignatureFile, TargetBundle.Open(folder.File("bundle"), []).Files);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(folder.File("key.pem"), key.ExportPkcs8PrivateKeyPem());
        using (var signing = BundleSigningKey.Read(folder.File("key.pem")))
            signing.SignFolder(folder.File("bundle"));
        Assert.Contains(BundleManifest.SignatureFile, TargetBundle.Open(folder.File("bundle"), []).Files);
    }

    [Fact]
    public void Two_tiers_do_not_share_the_ports_of_an_edges_nodes()
    {
        var wrong = Assert.Throws<InputException>(() => Write("kubernetes", made.New(), s_settings with { Tiers = ["mobile", "edge"] }));
        Assert.Equal(
            "Tiers: has mobile and edge, which would have the same ports of the same edge nodes; name one of them, and the deepest tier.",
            wrong.Message);
    }

    [Theory]
    [InlineData("mobile", "edge cloud")]
    [InlineData("edge", "cloud")]
    [InlineData("cloud", "")]
    public void A_tier_may_send_on_to_all_that_are_deeper(string tier, string deeper)
    {
        var bundle = TargetBundle.Open(made.Bundle, [tier]);
        Assert.Equal(deeper, string.Join(' ', bundle.Forward(bundle.Tiers[0]).Select(other => other.Name)));
    }

    [Fact]
    public void A_model_that_is_none_is_one_sentence()
    {
        using var folder = new TemporaryFolder();
        var bundle = folder.File("bundle");
        TinyBundle.Write(bundle);
        TinyBundle.Replace(bundle, "edge.onnx", [0xFF, 0xFF]);
        Assert.Equal(
            $"{Path.Combine(bundle, "edge.onnx")}: is no ONNX model, or is truncated; export the bundle again.",
            Refused("triton", made.New(), bundle));
    }

    [Fact]
    public void A_target_that_is_not_known_is_told_with_those_that_are() => Assert.Equal(
        "target: is not known; use one of triton, kserve, kubernetes, oci, monitoring.",
        Assert.Throws<InputException>(() => TargetList.Default.Find("Triton", "target")).Message);

    [Fact]
    public void Cancelled_it_writes_nothing()
    {
        var folder = made.New();
        Assert.Throws<OperationCanceledException>(() => TargetWriter.Write(
            made.Bundle, TargetList.Default.Find("oci", ""), folder, s_settings, new CancellationToken(canceled: true)));
        Assert.False(Directory.Exists(folder));
    }

    private static Dictionary<string, string> Hashes(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(
            path => Path.GetRelativePath(folder, path), path => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))));

    private void Write(string target, string folder, TargetSettings settings, string? bundle = null) => TargetWriter.Write(
        bundle ?? made.Bundle, TargetList.Default.Find(target, "target"), folder, settings, TestContext.Current.CancellationToken);

    private string Refused(string target, string folder, string? bundle = null) =>
        Assert.Throws<InputException>(() => Write(target, folder, s_settings, bundle)).Message;
}

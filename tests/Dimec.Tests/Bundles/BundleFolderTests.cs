using Dimec.Bundles;

namespace Dimec.Tests.Bundles;

public sealed class BundleFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public BundleFolderTests() => TinyBundle.Write(_folder.File("bundle"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_tier_needs_its_own_models_and_what_all_need()
    {
        var bundle = BundleFolder.Open(_folder.File("bundle"));
        string[] shared = ["golden.jsonl", "plan.json", "tokenizer.json"];
        Assert.Equal(shared.Append("edge.onnx").Append("layers_1_1.weights").Append("layers_2_2.weights").Order(), Names(["edge"]));
        Assert.Equal(bundle.Manifest.Files.Select(file => file.Name).Order(), Names(null));

        IEnumerable<string> Names(string[]? tiers) => bundle.FilesOf(tiers).Select(file => file.Name).Order();
    }

    [Fact]
    public void Changed_and_missing_files_are_told_together_and_those_that_are_not_needed_not_at_all()
    {
        var bundle = BundleFolder.Open(_folder.File("bundle"));
        File.Delete(_folder.File("bundle", "cloud.onnx"));
        File.WriteAllText(_folder.File("bundle", "edge.onnx"), "another");
        bundle.Verify(bundle.FilesOf(["mobile"]));
        Assert.Equal(
            [_folder.File("bundle", "cloud.onnx"), _folder.File("bundle", "edge.onnx")],
            Assert.Throws<InputException>(() => bundle.Verify(bundle.FilesOf(null))).Errors.Select(error => error.Where));
        Assert.StartsWith(
            $"{_folder.File("bundle")}: has no tier 'fog'; use one of mobile, edge, cloud.",
            Assert.Throws<InputException>(() => bundle.FilesOf(["fog"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_manifest_is_no_bundle() => Assert.Equal(
        $"{_folder.Path}: has no bundle.json; give the folder that dimec export wrote.",
        Assert.Throws<InputException>(() => BundleFolder.Open(_folder.Path)).Message);
}

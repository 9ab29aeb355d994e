using Dimec.Tests;

namespace Dimec.EndToEnd;

/// <summary>Bundles that are not what was exported: neither <c>serve</c> nor <c>classify</c> begins with one.</summary>
public sealed class BadBundleTests(MadeRun made)
{
    [Fact]
    public async Task Every_file_that_was_changed_truncated_or_lost_is_named()
    {
        using var folder = new TemporaryFolder();
        var bundle = MadeRun.Copy(made.Bundle, folder.File("bundle"));
        var (plan, tokenizer) = (Path.Combine(bundle, "plan.json"), Path.Combine(bundle, "tokenizer.json"));
        var edge = File.ReadAllBytes(Path.Combine(bundle, "edge.onnx"));
        edge[edge.Length / 2] ^= 1;
        File.WriteAllBytes(Path.Combine(bundle, "edge.onnx"), edge);
        File.WriteAllText(plan, "{}");
        File.Delete(tokenizer);

        await Tool.RefusedAsync(
            folder.Path, Serve(bundle),
            $"{Path.Combine(bundle, "edge.onnx")}: was changed: its SHA-256 is ", $"{plan}: has 2 bytes where bundle.json says ", $"{tokenizer}: is missing, although bundle.json lists it");
        // The mobile does not carry the edge's model.
        await Tool.RefusedAsync(folder.Path, Classify(bundle), $"{plan}: has 2 bytes", $"{tokenizer}: is missing");
    }

    [Theory]
    [InlineData("\"format\": 1,", "\"format\": 2, \"new\": true,", " format: is 2, which is not known here")]
    [InlineData("\"revision\": 1,", "", " revision: is missing")]
    [InlineData("\"edge.onnx\",\n      \"size\"", "\"../edge.onnx\",\n      \"size\"", " files[1].name: '../edge.onnx' is no plain file name", " files: does not list 'edge.onnx'")]
    [InlineData("\"name\": \"dimec\",", "\"name\" \"dimec\",", " line 4: is not well-formed JSON")]
    public async Task A_manifest_is_read_strictly(string right, string wrong, params string[] sentences)
    {
        using var folder = new TemporaryFolder();
        var manifest = Path.Combine(MadeRun.Copy(made.Bundle, folder.File("bundle")), "bundle.json");
        var content = File.ReadAllText(manifest);
        Assert.Contains(right, content, StringComparison.Ordinal);
        File.WriteAllText(manifest, content.Replace(right, wrong, StringComparison.Ordinal));

        await Tool.RefusedAsync(folder.Path, Classify(folder.File("bundle")), [.. sentences.Select(sentence => manifest + sentence)]);
    }

    [Fact]
    public async Task A_folder_without_a_manifest_or_with_an_empty_one_is_no_bundle()
    {
        using var folder = new TemporaryFolder();
        await Tool.RefusedAsync(folder.Path, Serve(folder.Path), $"{folder.Path}: has no bundle.json");
        await Tool.RefusedAsync(folder.Path, Classify(folder.File("none")), $"{folder.File("none")}: has no bundle.json");

        File.WriteAllText(folder.File("bundle.json"), "");
        await Tool.RefusedAsync(folder.Path, Classify(folder.Path), $"{folder.File("bundle.json")}: is empty");
    }

    private static string[] Serve(string bundle) => ["serve", bundle, "--tier", "edge", "--http-port", "0", "--grpc-port", "0"];

    private static string[] Classify(string bundle) => ["classify", bundle, "rain"];
}

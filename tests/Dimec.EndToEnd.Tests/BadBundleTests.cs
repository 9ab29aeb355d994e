namespace Dimec.EndToEnd.Tests;

/// <summary>Bundles that are not what was exported: neither <c>serve</c> nor <c>classify</c> begins with one.</summary>
public sealed class BadBundleTests(MadeRun made) : RefusedCalls
{
    [Fact]
    public async Task Every_file_that_was_changed_truncated_or_lost_is_named()
    {
        var bundle = CopyOf(made.Bundle);
        var (plan, tokenizer) = (Path.Combine(bundle, "plan.json"), Path.Combine(bundle, "tokenizer.json"));
        var edge = File.ReadAllBytes(Path.Combine(bundle, "edge.onnx"));
        edge[edge.Length / 2] ^= 1;
        File.WriteAllBytes(Path.Combine(bundle, "edge.onnx"), edge);
        File.WriteAllText(plan, "{}");
        File.Delete(tokenizer);

        await RefusedAsync(
            Serve(bundle),
            $"{Path.Combine(bundle, "edge.onnx")}: was changed: its SHA-256 is ", $"{plan}: has 2 bytes where bundle.json says ",
            $"{tokenizer}: is missing, although bundle.json lists it");
        // The mobile does not carry the edge's model.
        await RefusedAsync(Classify(bundle), $"{plan}: has 2 bytes", $"{tokenizer}: is missing");
    }

    [Theory]
    [InlineData("\"format\": 1,", "\"format\": 2, \"new\": true,", " format: is 2, which is not known here")]
    [InlineData("\"revision\": 1,", "", " revision: is missing")]
    [InlineData(
        "\"edge.onnx\",\n      \"size\"", "\"../edge.onnx\",\n      \"size\"", " files[1].name: '../edge.onnx' is no plain file name",
        " files: does not list 'edge.onnx'")]
    [InlineData("\"name\": \"dimec\",", "\"name\" \"dimec\",", " line 4: is not well-formed JSON")]
    public async Task A_manifest_is_read_strictly(string right, string wrong, params string[] sentences)
    {
        var manifest = Path.Combine(CopyOf(made.Bundle), "bundle.json");
        var content = File.ReadAllText(manifest);
        Assert.Contains(right, content, StringComparison.Ordinal);
        File.WriteAllText(manifest, content.Replace(right, wrong, StringComparison.Ordinal));

        await RefusedAsync(Classify(Folder.File("bundle")), [.. sentences.Select(sentence => manifest + sentence)]);
    }

    [Fact]
    public async Task A_folder_without_a_manifest_or_with_an_empty_one_is_no_bundle()
    {
        await RefusedAsync(Serve(Folder.Path), $"{Folder.Path}: has no bundle.json");
        await RefusedAsync(Classify(Folder.File("none")), $"{Folder.File("none")}: has no bundle.json");

        File.WriteAllText(Folder.File("bundle.json"), "");
        await RefusedAsync(Classify(Folder.Path), $"{Folder.File("bundle.json")}: is empty");
    }

    private static string[] Serve(string bundle) => ["serve", bundle, "--tier", "edge", "--http-port", "0", "--grpc-port", "0"];

    private static string[] Classify(string bundle) => ["classify", bundle, "rain"];
}

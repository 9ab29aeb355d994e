using System.Formats.Tar;
using System.Text.Json.Nodes;

namespace Dimec.EndToEnd.Tests;

/// <summary><c>export --target</c>: what is written of a bundle for engines and clusters is what a tier takes.</summary>
public sealed class ExportTargetTests(MadeRun made) : RefusedCalls
{
    private const string Storage = "oci://registry.example/dimec:1";

    [Fact]
    public async Task A_tier_serves_the_bundle_of_the_image_with_the_variables_of_the_manifests()
    {
        var (image, manifests) = (Folder.File("image"), Folder.File("manifests"));
        await Tool.DoneAsync("export", made.Bundle, "--target", "oci", "--tier", "edge", "--out", image);
        await Tool.DoneAsync("export", made.Bundle, "--target", "kubernetes", "--storage", Storage, "--out", manifests);
        var files = Unpacked(Path.Combine(image, "image.tar"));
        var options = File.ReadAllLines(Path.Combine(manifests, "edge", "tier.env"))
            .Where(line => !line.StartsWith('#')).Select(line => line.Split('=', 2)).ToArray();
        Assert.Contains(options, option => option is ["Dimec__Bundle", "/bundle/models"]);

        using var process = Tool.Start(
            "dimec-tier.dll",
            [
                .. options.Select(option => (option[0], option[1].Replace("/bundle/", $"{files}/", StringComparison.Ordinal))),
                ("Dimec__HttpPort", "0"), ("Dimec__GrpcPort", "0"),
            ],
            ["--json", "--stop-with-input"]);
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.True(
            line is not null, line is null ? await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken) : "");
        var ready = JsonNode.Parse(line!)!;
        Assert.Equal("edge", (string?)ready["tier"]);
        using var client = new HttpClient();
        var address = new Uri($"http://127.0.0.1:{new Uri((string)ready["http"]!).Port}/v2/health/ready");
        using var answer = await client.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task The_files_are_told_as_a_table_or_as_JSON()
    {
        var told = await Tool.DoneAsync(
            "export", made.Bundle, "--target", "triton", "--tier", "cloud", "--json", "--out", Folder.File("a"));
        Assert.Equal("dimec_cloud/config.pbtxt", (string?)JsonNode.Parse(told.Output)![0]);
        told = await Tool.DoneAsync("export", made.Bundle, "--target", "triton", "--out", Folder.File("b"));
        Assert.Contains("a repository of models for Triton", told.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Folder.File("b", "dimec_edge", "config.pbtxt")));
    }

    [Fact]
    public async Task What_is_wrong_is_one_sentence_each()
    {
        var output = Folder.File("out");
        await RefusedAsync(
            ["export", made.Bundle, "--target", "helm", "--cores", "two", "--out", output],
            "--target helm: is not known; use one of triton, kserve, kubernetes, oci, monitoring.", "--cores two: is no whole number");
        await RefusedAsync(
            ["export", made.Bundle, "--target", "oci", "--image", "a", "--storage", "oci://a/b", "--cores", "1", "--out", output],
            "--image: means nothing with --target oci", "--storage: means nothing with --target oci", "--cores: means nothing with");
        await RefusedAsync(
            ["export", made.Bundle, "--target", "kserve", "--cores", "0", "--out", output],
            "--cores: is 0; give 1 to 64.", "--storage: is missing: where KServe finds the bundle");
        await RefusedAsync(
            ["export", made.Run, "--target", "oci", "--out", output], "has no bundle.json; give the folder that dimec export wrote");
        await RefusedAsync(
            ["export", made.Bundle, "--target", "oci", "--plan", made.EdgePlan, "--int8", "--out", output],
            "--plan and --target: are for different things", "--int8 and --target: are for different things");
        await RefusedAsync(
            ["export", made.Run, "--tier", "edge", "--out", output],
            "--tier: means nothing without --target", "--plan: is missing; name the plan that 'dimec plan' wrote");
        Directory.CreateDirectory(output);
        File.WriteAllText(Path.Combine(output, "notes.txt"), "mine");
        await RefusedAsync(
            ["export", made.Bundle, "--target", "oci", "--out", output], $"--out {output}: holds notes.txt, which would be lost");
    }

    /// <summary>The layer of an image, unpacked.</summary>
    private string Unpacked(string archive)
    {
        var (layout, files) = (Folder.File("layout"), Folder.File("files"));
        Directory.CreateDirectory(layout);
        Directory.CreateDirectory(files);
        TarFile.ExtractToDirectory(archive, layout, overwriteFiles: false);
        var layer = new DirectoryInfo(Path.Combine(layout, "blobs", "sha256")).EnumerateFiles().MaxBy(blob => blob.Length)!;
        TarFile.ExtractToDirectory(layer.FullName, files, overwriteFiles: false);
        return files;
    }
}

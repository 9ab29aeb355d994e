using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Dimec.Export.Tests.Targets.Oci;

public sealed class OciTargetTests(TargetFixture made) : IClassFixture<TargetFixture>
{
    private static readonly string[] s_architectures = ["amd64", "arm64"];

    [Fact]
    public void Every_blob_is_what_its_digest_says_and_the_layer_holds_the_tiers_part_of_the_bundle()
    {
        var entries = Entries(File.ReadAllBytes(Path.Combine(made.Write("oci"), "image.tar")));
        Assert.Equal("1.0.0", (string?)Json(entries["oci-layout"])["imageLayoutVersion"]);
        var blobs = entries.Where(entry => entry.Key.StartsWith("blobs/sha256/", StringComparison.Ordinal)).ToArray();
        Assert.Equal(6, blobs.Length);
        Assert.All(blobs, blob => Assert.Equal(Path.GetFileName(blob.Key), Convert.ToHexStringLower(SHA256.HashData(blob.Value))));

        var image = Follow(Assert.Single(Json(entries["index.json"])["manifests"]!.AsArray())!);
        var manifests = image["manifests"]!.AsArray();
        Assert.Equal(s_architectures, manifests.Select(one => (string?)one!["platform"]!["architecture"]));
        byte[] layer = [];
        foreach (var (architecture, described) in s_architectures.Zip(manifests))
        {
            var manifest = Follow(described!);
            var config = Follow(manifest["config"]!);
            Assert.Equal((architecture, "1654"), ((string?)config["architecture"], (string?)config["config"]!["User"]));
            var content = Assert.Single(manifest["layers"]!.AsArray())!;
            // It is not compressed, so that the digest of the layer is that of its content.
            Assert.Equal((string?)content["digest"], (string?)Assert.Single(config["rootfs"]!["diff_ids"]!.AsArray()));
            layer = Blob(content);
        }

        var files = Entries(layer);
        Assert.Equal("models/", files.Keys.First());
        var expected = Directory.EnumerateFiles(made.Bundle).Where(path => Path.GetFileName(path) != "mobile.onnx");
        Assert.Equal(expected.Select(path => $"models/{Path.GetFileName(path)}").Order(), files.Keys.Skip(1).Order());
        Assert.All(expected, path => Assert.Equal(File.ReadAllBytes(path), files[$"models/{Path.GetFileName(path)}"]));

        JsonNode Follow(JsonNode described) => Json(Blob(described));

        byte[] Blob(JsonNode described)
        {
            var blob = entries[((string?)described["digest"])!.Replace("sha256:", "blobs/sha256/", StringComparison.Ordinal)];
            Assert.Equal((long?)described["size"], blob.Length);
            return blob;
        }
    }

    [Fact]
    public async Task Skopeo_takes_it_for_each_platform()
    {
        var archive = $"oci-archive:{Path.Combine(made.Write("oci"), "image.tar")}";
        foreach (var architecture in s_architectures)
        {
            var read = JsonNode.Parse(
                await OtherProgram.RequireAsync("skopeo", "inspect", "--override-os", "linux", "--override-arch", architecture, archive))!;
            Assert.Equal(
                (architecture, "7"), ((string?)read["Architecture"], (string?)read["Labels"]!["org.opencontainers.image.version"]));
        }

        // All of it, every digest checked on the way.
        var copy = made.New();
        await OtherProgram.RequireAsync("skopeo", "--insecure-policy", "copy", "--quiet", "--all", archive, $"oci:{copy}:7");
        Assert.Equal(6, Directory.GetFiles(Path.Combine(copy, "blobs", "sha256")).Length);
    }

    private static JsonNode Json(byte[] content) => JsonNode.Parse(content)!;

    /// <summary>What a tar holds, without times and owners, that would make other bytes of the same.</summary>
    private static OrderedDictionary<string, byte[]> Entries(byte[] tar)
    {
        using var reader = new TarReader(new MemoryStream(tar));
        var entries = new OrderedDictionary<string, byte[]>();
        while (reader.GetNextEntry() is { } entry)
        {
            Assert.Equal((DateTimeOffset.UnixEpoch, 0, 0), (entry.ModificationTime, entry.Uid, entry.Gid));
            Assert.Equal(UnixFileMode.OtherRead, entry.Mode & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite));
            using var content = new MemoryStream();
            entry.DataStream?.CopyTo(content);
            entries.Add(entry.Name, content.ToArray());
        }

        return entries;
    }
}

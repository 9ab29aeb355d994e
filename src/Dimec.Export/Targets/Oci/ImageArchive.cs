using System.Formats.Tar;
using System.Globalization;
using System.Text.Json;
using Dimec.Files;

namespace Dimec.Export.Targets.Oci;

/// <summary>
/// An image in the OCI's layout (image-spec v1.1), as one tar: an index of a manifest a platform, which have their layer in common. A node
/// takes no image that is said to be for another platform, although files are for all.
/// </summary>
/// <param name="layer">The image's one layer.</param>
/// <param name="bundle">What the image says of itself.</param>
internal sealed class ImageArchive(ImageLayer layer, TargetBundle bundle)
{
    private const string IndexType = "application/vnd.oci.image.index.v1+json";
    private const string ManifestType = "application/vnd.oci.image.manifest.v1+json";
    private const string ConfigType = "application/vnd.oci.image.config.v1+json";
    private const string LayerType = "application/vnd.oci.image.layer.v1.tar";

    /// <summary>The same bundle is the same image whenever it is written.</summary>
    private const string Created = "1970-01-01T00:00:00Z";

    private static readonly string[] s_architectures = ["amd64", "arm64"];

    /// <summary>Writes the archive.</summary>
    /// <param name="output">Where to; it stays open.</param>
    public void Write(Stream output)
    {
        var (size, digest) = layer.Describe();
        var configs = s_architectures.Select(architecture => Configuration(architecture, digest)).ToArray();
        var manifests = configs.Select(config => Manifest(config, size, digest)).ToArray();
        var image = Index(manifests);
        using var tar = new TarWriter(output, TarEntryFormat.Ustar, leaveOpen: true);
        Add(tar, "oci-layout", Json(json => json.WriteString("imageLayoutVersion", "1.0.0")));
        Add(tar, "index.json", Layout(image));
        foreach (var blob in configs.Concat(manifests).Append(image))
            Add(tar, Place(FileHash.Of(blob)), blob);
        using var content = new LayerContent(layer, size);
        Add(tar, Place(digest), content);
    }

    private byte[] Configuration(string architecture, string digest) => Json(json =>
    {
        json.WriteString("created", Created);
        json.WriteString("architecture", architecture);
        json.WriteString("os", "linux");
        json.WriteStartObject("config");
        json.WriteString("User", ContainerUser.Id.ToString(CultureInfo.InvariantCulture));
        json.WriteStartObject("Labels");
        WriteNames(json);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("rootfs");
        json.WriteString("type", "layers");
        json.WriteStartArray("diff_ids");
        json.WriteStringValue($"sha256:{digest}");
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static byte[] Manifest(byte[] config, long size, string digest) => Json(json =>
    {
        json.WriteNumber("schemaVersion", 2);
        json.WriteString("mediaType", ManifestType);
        json.WriteStartObject("config");
        Describe(json, ConfigType, config.Length, FileHash.Of(config));
        json.WriteEndObject();
        json.WriteStartArray("layers");
        json.WriteStartObject();
        Describe(json, LayerType, size, digest);
        json.WriteEndObject();
        json.WriteEndArray();
    });

    private byte[] Index(byte[][] manifests) => Json(json =>
    {
        json.WriteNumber("schemaVersion", 2);
        json.WriteString("mediaType", IndexType);
        json.WriteStartArray("manifests");
        foreach (var (architecture, manifest) in s_architectures.Zip(manifests))
        {
            json.WriteStartObject();
            Describe(json, ManifestType, manifest.Length, FileHash.Of(manifest));
            json.WriteStartObject("platform");
            json.WriteString("architecture", architecture);
            json.WriteString("os", "linux");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("annotations");
        WriteNames(json);
        json.WriteEndObject();
    });

    /// <summary>The layout's own index: which image there is, under which tag.</summary>
    private byte[] Layout(byte[] image) => Json(json =>
    {
        json.WriteNumber("schemaVersion", 2);
        json.WriteString("mediaType", IndexType);
        json.WriteStartArray("manifests");
        json.WriteStartObject();
        Describe(json, IndexType, image.Length, FileHash.Of(image));
        json.WriteStartObject("annotations");
        json.WriteString("org.opencontainers.image.ref.name", Revision);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    });

    private string Revision => bundle.Manifest.Revision.ToString(CultureInfo.InvariantCulture);

    private void WriteNames(Utf8JsonWriter json)
    {
        json.WriteString("org.opencontainers.image.title", $"bundle {bundle.Manifest.Name}");
        json.WriteString("org.opencontainers.image.version", Revision);
        json.WriteString("dimec.bundle", bundle.Hash);
    }

    private static void Describe(Utf8JsonWriter json, string type, long size, string digest)
    {
        json.WriteString("mediaType", type);
        json.WriteString("digest", $"sha256:{digest}");
        json.WriteNumber("size", size);
    }

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static string Place(string digest) => $"blobs/sha256/{digest}";

    private static void Add(TarWriter tar, string name, byte[] content)
    {
        using var stream = new MemoryStream(content, writable: false);
        Add(tar, name, stream);
    }

    private static void Add(TarWriter tar, string name, Stream content) => tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
    {
        Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
        ModificationTime = DateTimeOffset.UnixEpoch,
        DataStream = content,
    });
}

namespace Dimec.Export.Targets.Oci;

/// <summary>
/// An image that holds the bundle under <c>/models</c> and nothing else, for image volumes of Kubernetes and <c>oci+native://</c> and
/// <c>oci+fetch://</c> of KServe: an OCI archive, for linux/amd64 and linux/arm64, of which the same bundle makes the same bytes.
/// </summary>
public sealed class OciTarget : IExportTarget
{
    /// <summary>The image's folder in which the bundle is.</summary>
    internal const string Folder = "models";

    /// <summary>The archive.</summary>
    private const string File = "image.tar";

    /// <inheritdoc/>
    public string Name => "oci";

    /// <inheritdoc/>
    public string Purpose => "an image of the bundle as an OCI archive";

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Reads { get; } = [nameof(TargetSettings.Tiers)];

    /// <inheritdoc/>
    public void Validate(TargetSettings settings, InputErrors errors)
    {
    }

    /// <inheritdoc/>
    public IEnumerable<TargetFile> Files(TargetBundle bundle, TargetSettings settings)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        var layer = new ImageLayer(Folder, [.. bundle.Files.Order(StringComparer.Ordinal).Select(file => (file, bundle.PathOf(file)))]);
        return [new TargetFile(File, stream => new ImageArchive(layer, bundle).Write(stream))];
    }
}

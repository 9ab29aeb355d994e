using Dimec.Bundles;
using Dimec.Files;

namespace Dimec.Inference.Deployments;

/// <summary>A bundle on its way into a folder of deployments.</summary>
internal sealed class DeploymentCopy
{
    private const int BufferSize = 1 << 16;

    private readonly BundleFolder _bundle;
    private readonly DeploymentOptions _options;

    private DeploymentCopy(string folder, BundleFolder bundle, DeploymentOptions options)
    {
        (Folder, _bundle, _options) = (folder, bundle, options);
        Name = DeploymentRecord.NameOf(bundle.Manifest.Revision, bundle.Hash);
    }

    /// <summary>Where it comes from.</summary>
    public string Folder { get; }

    /// <summary>What its folder among the deployments is called.</summary>
    public string Name { get; }

    /// <summary>A bundle's copy.</summary>
    /// <param name="folder">The bundle's folder, or one of deployments, of which the current one is taken.</param>
    /// <param name="options">What is copied.</param>
    /// <exception cref="InputException">There is none, or it is not signed as it must be.</exception>
    public static DeploymentCopy Of(string folder, DeploymentOptions options)
    {
        folder = Deployment.CurrentOf(folder);
        return new DeploymentCopy(folder, BundleFolder.Open(folder, options.Trust), options);
    }

    /// <summary>Makes sure that a bundle is whole, signed as it must be, and answers as it should.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="tiers">The tiers that are needed; null: all of them.</param>
    /// <param name="trust">Whose it has to be; null: anybody's.</param>
    /// <exception cref="InputException">It is not.</exception>
    public static void Check(string folder, IReadOnlyCollection<string>? tiers, BundleTrust? trust)
    {
        var bundle = Bundle.Open(folder, tiers, trust: trust);
        var settings = new TierModelOptions();
        foreach (var tier in tiers ?? [.. bundle.Manifest.Tiers.Select(tier => tier.Name)])
        {
            using var model = TierModel.Load(bundle, tier, settings);
            GoldenCheck.Require(bundle, model, settings.MaxBatchTokens);
        }
    }

    /// <summary>The tiers whose files lie in a bundle's folder.</summary>
    /// <exception cref="InputException">It is no bundle.</exception>
    public static string[] TiersIn(string folder)
    {
        var bundle = BundleFolder.Open(folder);
        return
        [
            .. bundle.Manifest.Tiers
                .Select(tier => tier.Name)
                .Where(name => bundle.FilesOf([name]).All(file => File.Exists(Path.Combine(folder, file.Name)))),
        ];
    }

    /// <summary>Whether this bundle lies in a folder already, as it should.</summary>
    public bool IsWhole(string folder)
    {
        try
        {
            Check(folder, _options.Tiers, _options.Trust);
            return Signature(Folder) is not { } signature || signature.AsSpan().SequenceEqual(Signature(folder));
        }
        catch (InputException)
        {
            return false;
        }
    }

    /// <summary>
    /// Copies the files, each flushed to the disk, and checks them before the folder gets its name. What lies there already of other tiers
    /// stays: they are served from it.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <exception cref="InputException">The bundle is broken.</exception>
    /// <exception cref="JobException">The disk is full, or failed.</exception>
    public void Write(string folder, CancellationToken cancellationToken)
    {
        var tiers = _options.Tiers;
        if (tiers is not null && FileKinds.Of(Path.Combine(folder, BundleManifest.FileName)) == FileKind.File)
            tiers = [.. tiers.Union(TiersIn(folder))];
        AtomicFolder.Write(folder, made =>
        {
            foreach (var file in _bundle.FilesOf(tiers))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var path = Path.Combine(Folder, file.Name);
                if (FileKinds.Of(path) == FileKind.Nothing && FileKinds.Of(Path.Combine(folder, file.Name)) == FileKind.File)
                    path = Path.Combine(folder, file.Name);
                if (FileKinds.Of(path) == FileKind.Nothing)
                    throw BundleFolder.Missing(path);
                using var source = InputFile.OpenRead(path, bufferSize: 0, FileOptions.SequentialScan);
                Put(made, file.Name, source);
            }

            if ((Signature(Folder) ?? Signature(folder)) is { } signature)
                Put(made, BundleManifest.SignatureFile, new MemoryStream(signature));
            // As it was when its hash was taken, whatever has become of it meanwhile.
            Put(made, BundleManifest.FileName, new MemoryStream(_bundle.ManifestBytes.ToArray()));
            cancellationToken.ThrowIfCancellationRequested();
            CheckCopy(made, tiers);
        }, BundleManifest.FileName);
    }

    private static byte[]? Signature(string folder)
    {
        var path = Path.Combine(folder, BundleManifest.SignatureFile);
        return FileKinds.Of(path) == FileKind.File ? InputFile.ReadAllBytes(path) : null;
    }

    /// <summary>What is wrong with the copy is wrong with what was copied, which is what the user knows.</summary>
    private void CheckCopy(string made, IReadOnlyCollection<string>? tiers)
    {
        try
        {
            Check(made, tiers, _options.Trust);
        }
        catch (InputException wrong)
        {
            var full = Path.GetFullPath(made);
            throw new InputException([.. wrong.Errors.Select(error =>
                error with { Where = error.Where.Replace(full, Folder, StringComparison.Ordinal) })]);
        }
    }

    private static void Put(string folder, string name, Stream source)
    {
        using var target = new FileStream(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        source.CopyTo(target, BufferSize);
        target.Flush(flushToDisk: true);
    }
}

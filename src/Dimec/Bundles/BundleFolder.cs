using Dimec.Files;

namespace Dimec.Bundles;

/// <summary>The folder of an exported bundle: its manifest, and whether its files are the ones that were exported.</summary>
public sealed class BundleFolder
{
    private const string Again = "copy the bundle again, or export it again";

    private readonly string _named;

    private BundleFolder(string named, string path, byte[] bytes, BundleManifest manifest) =>
        (_named, Path, ManifestBytes, Hash, Manifest) = (named, path, bytes, FileHash.Of(bytes), manifest);

    /// <summary>The folder, as a full path.</summary>
    public string Path { get; }

    /// <summary>
    /// SHA-256 of <c>bundle.json</c>, 64 lower-case hexadecimal digits: what tiers and clients compare (<c>dimec_bundle</c>).
    /// </summary>
    public string Hash { get; }

    /// <summary>What <c>bundle.json</c> says.</summary>
    public BundleManifest Manifest { get; }

    /// <summary>The bytes of <c>bundle.json</c>.</summary>
    public ReadOnlyMemory<byte> ManifestBytes { get; }

    /// <summary>Reads the manifest; no other file is looked at, but the signature where there is to be one.</summary>
    /// <param name="folder">The folder, as the user gave it.</param>
    /// <param name="trust">Whose bundles are opened; null: everybody's, signed or not.</param>
    /// <exception cref="InputException">The folder is no bundle, it is not signed as it must be, or its manifest is broken.</exception>
    public static BundleFolder Open(string folder, BundleTrust? trust = null)
    {
        var bytes = ReadManifest(folder);
        // Before anything of it is read as something: a manifest may be made to be read wrongly.
        trust?.Check(folder, bytes);
        using var stream = new MemoryStream(bytes);
        var manifest = BundleManifest.Read(stream, System.IO.Path.Combine(folder, BundleManifest.FileName));
        return new BundleFolder(folder, System.IO.Path.GetFullPath(folder), bytes, manifest);
    }

    /// <summary>The hash of a folder's manifest, which is not read: <see cref="Hash"/>, to see whether another one lies there.</summary>
    /// <param name="folder">The folder, as the user gave it.</param>
    /// <exception cref="InputException">The folder has no manifest, or it cannot be read.</exception>
    public static string HashOf(string folder) => FileHash.Of(ReadManifest(folder));

    /// <summary>A file that is not there although the manifest lists it.</summary>
    /// <param name="path">The file.</param>
    public static InputException Missing(string path) => new(path, $"is missing, although {BundleManifest.FileName} lists it", Again);

    /// <summary>Compares sizes, then hashes; large files in parallel, each streamed.</summary>
    /// <param name="files">The files that are needed, of those that the manifest lists.</param>
    /// <exception cref="InputException">Files are missing, changed or cannot be read; all of them together.</exception>
    public void Verify(IReadOnlyList<BundleFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var problems = new InputError?[files.Count];
        Parallel.For(0, files.Count, i => problems[i] = Problem(System.IO.Path.Combine(_named, files[i].Name), files[i]));
        var errors = problems.OfType<InputError>().ToArray();
        if (errors.Length > 0)
            throw new InputException(errors);
    }

    /// <summary>A tier by its name.</summary>
    /// <param name="name">The tier's name, e.g. <c>edge</c>.</param>
    /// <exception cref="InputException">The bundle has no such tier.</exception>
    public BundleTier Tier(string name) =>
        Manifest.Tiers.FirstOrDefault(tier => tier.Name == name) ?? throw new InputException(
            _named, $"has no tier '{name}'", $"use one of {string.Join(", ", Manifest.Tiers.Select(tier => tier.Name))}");

    /// <summary>All files but the models and weights of tiers that are not asked for.</summary>
    /// <param name="tiers">The names of the tiers; null: all.</param>
    /// <exception cref="InputException">The bundle has no such tier.</exception>
    public IReadOnlyList<BundleFile> FilesOf(IReadOnlyCollection<string>? tiers)
    {
        if (tiers is null)
            return Manifest.Files;
        var others = Manifest.Tiers.SelectMany(ModelFiles).ToHashSet();
        others.ExceptWith(tiers.SelectMany(name => ModelFiles(Tier(name))));
        return [.. Manifest.Files.Where(file => !others.Contains(file.Name))];
    }

    /// <summary>What a tier runs.</summary>
    private IEnumerable<string> ModelFiles(BundleTier tier) => Manifest.Stretches
        .Where(stretch => stretch.Tiers.Contains(tier.Name))
        .SelectMany(stretch => stretch.Weights.Prepend(stretch.Model))
        .Concat(tier.Weights.Prepend(tier.Model));

    private static byte[] ReadManifest(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var path = System.IO.Path.Combine(System.IO.Path.GetFullPath(folder), BundleManifest.FileName);
        if (FileKinds.Of(path) == FileKind.Nothing)
            throw new InputException(folder, $"has no {BundleManifest.FileName}", "give the folder that dimec export wrote");
        return InputFile.ReadAllBytes(path);
    }

    private static InputError? Problem(string path, BundleFile expected)
    {
        if (FileKinds.Of(path) == FileKind.Nothing)
            return Missing(path).Errors[0];
        try
        {
            using var stream = InputFile.OpenRead(path, bufferSize: 0, FileOptions.SequentialScan);
            if (stream.Length != expected.Size)
                return new InputError(path, $"has {stream.Length} bytes where {BundleManifest.FileName} says {expected.Size}", Again);
            var found = FileHash.Of(stream);
            return found == expected.Sha256
                ? null
                : new InputError(
                    path, $"was changed: its SHA-256 is {found} where {BundleManifest.FileName} says {expected.Sha256}", Again);
        }
        catch (InputException wrong)
        {
            return wrong.Errors[0];
        }
        catch (IOException e)
        {
            return new InputError(path, $"cannot be read ({e.Message})", "check the disk");
        }
    }
}

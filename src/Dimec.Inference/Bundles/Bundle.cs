using Dimec.Bundles;
using Dimec.Exits.Ngrams;
using Dimec.Files;
using Dimec.Inference.Batching;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Text;

namespace Dimec.Inference;

/// <summary>
/// An exported bundle whose files have been checked against its manifest. Immutable; any number of threads may use it.
/// </summary>
public sealed class Bundle
{
    private readonly HashSet<string> _verified;

    private Bundle(
        string folder, string hash, BundleManifest manifest, Plan plan, WordPieceTokenizer tokenizer, NgramModel? ngram,
        HashSet<string> verified)
    {
        (Folder, Hash, Manifest, Plan, Tokenizer, Ngram) = (folder, hash, manifest, plan, tokenizer, ngram);
        _verified = verified;
    }

    /// <summary>The bundle's folder, as a full path.</summary>
    public string Folder { get; }

    /// <summary>
    /// SHA-256 of <c>bundle.json</c>, 64 lower-case hexadecimal digits: what tiers and clients compare (<c>dimec_bundle</c>).
    /// </summary>
    public string Hash { get; }

    /// <summary>What <c>bundle.json</c> says.</summary>
    public BundleManifest Manifest { get; }

    /// <summary>The plan.</summary>
    public Plan Plan { get; }

    /// <summary>The tokenizer.</summary>
    public WordPieceTokenizer Tokenizer { get; }

    /// <summary>The n-gram exit; null where the plan does not look at it.</summary>
    public NgramModel? Ngram { get; }

    /// <summary>What the tiers' models take and give.</summary>
    internal ModelShape Shape =>
        new(Manifest.Labels.Count, Manifest.Embeddings.Hidden, Tokenizer.PadId, Manifest.UsesTokenTypes);

    /// <summary>Reads a bundle and checks every file's size and SHA-256.</summary>
    /// <param name="folder">The bundle's folder.</param>
    /// <param name="tiers">
    /// The tiers whose models are needed; the files of others may be absent and are not read, so that a phone carries its own model only.
    /// Null: all of them.
    /// </param>
    /// <param name="policies">The policies that the plan may name; null for those of this library.</param>
    /// <returns>The bundle.</returns>
    /// <exception cref="InputException">
    /// The folder is no bundle; a file is missing, changed or truncated; the plan or the tokenizer does not fit; a tier is not in it.
    /// Everything that is wrong is reported together.
    /// </exception>
    public static Bundle Open(string folder, IReadOnlyCollection<string>? tiers = null, PolicyList? policies = null) =>
        Open(folder, _ => tiers, policies);

    /// <summary>
    /// Reads a bundle as the caller's own device needs it: with the first tier's model only, see
    /// <see cref="Open(string, IReadOnlyCollection{string}?, PolicyList?)"/>.
    /// </summary>
    /// <param name="folder">The bundle's folder.</param>
    /// <param name="policies">The policies that the plan may name; null for those of this library.</param>
    /// <returns>The bundle.</returns>
    /// <exception cref="InputException">As for the other overload.</exception>
    public static Bundle OpenLocal(string folder, PolicyList? policies = null) =>
        Open(folder, manifest => [manifest.Tiers[0].Name], policies);

    private static Bundle Open(string folder, Func<BundleManifest, IReadOnlyCollection<string>?> tiers, PolicyList? policies)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var full = Path.GetFullPath(folder);
        var bytes = ReadManifest(folder, full);
        using var stream = new MemoryStream(bytes);
        var manifest = BundleManifest.Read(stream, Path.Combine(folder, BundleManifest.FileName));
        var needed = BundleFiles.Needed(manifest, folder, tiers(manifest));
        BundleFiles.Verify(folder, needed);

        var plan = Read(folder, manifest.Plan, (stream, where) => Plan.Read(stream, where, policies));
        BundleFit.Check(manifest, plan, folder);
        var tokenizer = Read(folder, manifest.Tokenizer, WordPieceTokenizer.FromTokenizerJson);
        BundleFit.Check(manifest, tokenizer, folder);
        var ngram = manifest.Ngram is null
            ? null
            : Read(folder, manifest.Ngram, (stream, where) => NgramModel.Read(stream, where, HashOf(manifest, manifest.Tokenizer)));
        BundleFit.Check(manifest, ngram, folder);
        var hash = FileHash.Of(bytes);
        return new Bundle(full, hash, manifest, plan, tokenizer, ngram, [.. needed.Select(file => file.Name)]);
    }

    /// <summary>A tier by its name.</summary>
    /// <param name="name">The tier's name, e.g. <c>edge</c>.</param>
    /// <exception cref="InputException">The bundle has no such tier.</exception>
    public BundleTier Tier(string name) => BundleFiles.Tier(Manifest, Folder, name);

    /// <summary>The golden answers, in the file's order; empty where the bundle has none.</summary>
    /// <exception cref="InputException">The file is malformed.</exception>
    public IReadOnlyList<GoldenSample> ReadGolden() =>
        Manifest.Golden is { } golden ? Read(Folder, golden, GoldenSamples.Read) : [];

    /// <summary>The path of a file that has been verified.</summary>
    internal string Verified(string file) => _verified.Contains(file)
        ? Path.Combine(Folder, file)
        : throw new InvalidOperationException($"{file} was not verified: name its tier when the bundle is opened.");

    private static string HashOf(BundleManifest manifest, string name) => manifest.Files.First(file => file.Name == name).Sha256;

    private static byte[] ReadManifest(string folder, string full)
    {
        var path = Path.Combine(full, BundleManifest.FileName);
        if (FileKinds.Of(path) == FileKind.Nothing)
            throw new InputException(folder, $"has no {BundleManifest.FileName}", "give the folder that dimec export wrote");
        return InputFile.ReadAllBytes(path);
    }

    private static T Read<T>(string folder, string file, Func<Stream, string, T> read)
    {
        var path = Path.Combine(folder, file);
        using var stream = InputFile.OpenRead(path);
        return read(stream, path);
    }
}

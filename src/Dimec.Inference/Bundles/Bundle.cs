using Dimec.Bundles;
using Dimec.Exits.Ngrams;
using Dimec.Files;
using Dimec.Inference.Batching;
using Dimec.Inference.Deployments;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Text;

namespace Dimec.Inference;

/// <summary>
/// An exported bundle whose files have been checked against its manifest. Immutable; any number of threads may use it.
/// </summary>
public sealed class Bundle
{
    private readonly BundleFolder _files;
    private readonly HashSet<string> _verified;

    private Bundle(BundleFolder files, Plan plan, WordPieceTokenizer tokenizer, NgramModel? ngram, HashSet<string> verified)
    {
        (_files, Plan, Tokenizer, Ngram, _verified) = (files, plan, tokenizer, ngram, verified);
    }

    /// <summary>The bundle's folder, as a full path.</summary>
    public string Folder => _files.Path;

    /// <summary>
    /// SHA-256 of <c>bundle.json</c>, 64 lower-case hexadecimal digits: what tiers and clients compare (<c>dimec_bundle</c>).
    /// </summary>
    public string Hash => _files.Hash;

    /// <summary>What <c>bundle.json</c> says.</summary>
    public BundleManifest Manifest => _files.Manifest;

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
    /// <param name="folder">The bundle's folder, or one of deployments (<see cref="Deployment"/>), of which the current one is read.
    /// </param>
    /// <param name="tiers">
    /// The tiers whose models are needed; the files of others may be absent and are not read, so that a phone carries its own model only.
    /// Null: all of them.
    /// </param>
    /// <param name="policies">The policies that the plan may name; null for those of this library.</param>
    /// <param name="trust">Whose bundles are opened; null: everybody's, signed or not.</param>
    /// <returns>The bundle.</returns>
    /// <exception cref="InputException">
    /// The folder is no bundle; it is not signed as it must be; a file is missing, changed or truncated; the plan or the tokenizer does not
    /// fit; a tier is not in it. Everything that is wrong is reported together.
    /// </exception>
    public static Bundle Open(
        string folder, IReadOnlyCollection<string>? tiers = null, PolicyList? policies = null, BundleTrust? trust = null) =>
        Open(folder, _ => tiers, policies, trust);

    /// <summary>
    /// Reads a bundle as the caller's own device needs it: with the first tier's model only, see
    /// <see cref="Open(string, IReadOnlyCollection{string}?, PolicyList?, BundleTrust?)"/>.
    /// </summary>
    /// <param name="folder">The bundle's folder, or one of deployments.</param>
    /// <param name="policies">The policies that the plan may name; null for those of this library.</param>
    /// <param name="trust">Whose bundles are opened; null: everybody's, signed or not.</param>
    /// <returns>The bundle.</returns>
    /// <exception cref="InputException">As for the other overload.</exception>
    public static Bundle OpenLocal(string folder, PolicyList? policies = null, BundleTrust? trust = null) =>
        Open(folder, manifest => [manifest.Tiers[0].Name], policies, trust);

    private static Bundle Open(
        string folder, Func<BundleManifest, IReadOnlyCollection<string>?> tiers, PolicyList? policies, BundleTrust? trust)
    {
        folder = Deployment.CurrentOf(folder);
        var files = BundleFolder.Open(folder, trust);
        var manifest = files.Manifest;
        var needed = files.FilesOf(tiers(manifest));
        files.Verify(needed);

        var plan = Read(folder, manifest.Plan, (stream, where) => Plan.Read(stream, where, policies));
        BundleFit.Check(manifest, plan, folder);
        var tokenizer = Read(folder, manifest.Tokenizer, WordPieceTokenizer.FromTokenizerJson);
        BundleFit.Check(manifest, tokenizer, folder);
        var ngram = manifest.Ngram is null
            ? null
            : Read(folder, manifest.Ngram, (stream, where) => NgramModel.Read(stream, where, HashOf(manifest, manifest.Tokenizer)));
        BundleFit.Check(manifest, ngram, folder);
        return new Bundle(files, plan, tokenizer, ngram, [.. needed.Select(file => file.Name)]);
    }

    /// <summary>A tier by its name.</summary>
    /// <param name="name">The tier's name, e.g. <c>edge</c>.</param>
    /// <exception cref="InputException">The bundle has no such tier.</exception>
    public BundleTier Tier(string name) => _files.Tier(name);

    /// <summary>The golden answers, in the file's order; empty where the bundle has none.</summary>
    /// <exception cref="InputException">The file is malformed.</exception>
    public IReadOnlyList<GoldenSample> ReadGolden() =>
        Manifest.Golden is { } golden ? Read(Folder, golden, GoldenSamples.Read) : [];

    /// <summary>The path of a file that has been verified.</summary>
    internal string Verified(string file) => _verified.Contains(file)
        ? Path.Combine(Folder, file)
        : throw new InvalidOperationException($"{file} was not verified: name its tier when the bundle is opened.");

    private static string HashOf(BundleManifest manifest, string name) => manifest.Files.First(file => file.Name == name).Sha256;

    private static T Read<T>(string folder, string file, Func<Stream, string, T> read)
    {
        var path = Path.Combine(folder, file);
        using var stream = InputFile.OpenRead(path);
        return read(stream, path);
    }
}

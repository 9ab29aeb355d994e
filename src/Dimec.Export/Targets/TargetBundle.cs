using System.Text.RegularExpressions;
using Dimec.Bundles;

namespace Dimec.Export.Targets;

/// <summary>A bundle as targets get it: its files have been checked, and its tiers' names are fit for clusters.</summary>
public sealed partial class TargetBundle
{
    private readonly BundleFolder _folder;

    private TargetBundle(BundleFolder folder, IReadOnlyList<BundleTier> tiers) => (_folder, Tiers) = (folder, tiers);

    /// <summary>What <c>bundle.json</c> says.</summary>
    public BundleManifest Manifest => _folder.Manifest;

    /// <summary>The bundle's hash: what tiers and clients compare.</summary>
    public string Hash => _folder.Hash;

    /// <summary>The tiers to serve, in the manifest's order; at least one.</summary>
    public IReadOnlyList<BundleTier> Tiers { get; }

    /// <summary>The stretches of layers that these tiers may be asked for.</summary>
    public IReadOnlyList<BundleStretch> Stretches =>
        [.. Manifest.Stretches.Where(stretch => Tiers.Any(tier => stretch.Tiers.Contains(tier.Name)))];

    /// <summary>
    /// The files that these tiers need, <c>bundle.json</c>, and its signature where it has one: a bundle of their own, which has the same
    /// hash.
    /// </summary>
    public IEnumerable<string> Files =>
    [
        BundleManifest.FileName,
        .. File.Exists(PathOf(BundleManifest.SignatureFile)) ? [BundleManifest.SignatureFile] : (string[])[],
        .. _folder.FilesOf([.. Tiers.Select(tier => tier.Name)]).Select(file => file.Name),
    ];

    /// <summary>Opens a bundle and checks the files of the tiers that are to be served.</summary>
    /// <param name="folder">The folder that <c>dimec export</c> wrote.</param>
    /// <param name="tiers">The tiers' names; empty: all but the first.</param>
    /// <exception cref="InputException">
    /// The folder is no bundle, a tier is not in it or has a name that no cluster takes, or files are missing or changed.
    /// </exception>
    public static TargetBundle Open(string folder, IReadOnlyCollection<string> tiers)
    {
        ArgumentNullException.ThrowIfNull(tiers);
        var opened = BundleFolder.Open(folder);
        string[] names = tiers.Count > 0 ? [.. tiers.Distinct()] : [.. opened.Manifest.Tiers.Skip(1).Select(tier => tier.Name)];
        var errors = new InputErrors();
        foreach (var name in names)
        {
            errors.Try(() => opened.Tier(name));
            if (!Label().IsMatch(name))
            {
                errors.Add(
                    folder, $"has a tier '{name}', which cannot be a name in a cluster",
                    "name tiers in the cost file by lower-case letters, digits and hyphens, at most 40");
            }
        }

        errors.ThrowIfAny();
        opened.Verify(opened.FilesOf(names));
        return new TargetBundle(opened, [.. opened.Manifest.Tiers.Where(tier => names.Contains(tier.Name))]);
    }

    /// <summary>Where a file of the bundle lies.</summary>
    /// <param name="file">Its name in the bundle.</param>
    public string PathOf(string file) => Path.Combine(_folder.Path, file);

    /// <summary>The bytes of a tier's models and their weights.</summary>
    internal long WeightBytes(BundleTier tier)
    {
        HashSet<string> names =
        [
            tier.Model, .. tier.Weights,
            .. Manifest.Stretches.Where(stretch => stretch.Tiers.Contains(tier.Name))
                .SelectMany(stretch => stretch.Weights.Prepend(stretch.Model)),
        ];
        return Manifest.Files.Where(file => names.Contains(file.Name)).Sum(file => file.Size);
    }

    /// <summary>
    /// The tiers that a tier may have to send on to: hidden states, where the plan goes on from them; whatever the plan has another tier
    /// answer, where it is the first, which has the plan's own model.
    /// </summary>
    internal IEnumerable<BundleTier> Forward(BundleTier tier) =>
        tier == Manifest.Tiers[0] || Manifest.Stretches.Any(stretch => stretch.Layers.From > 0)
            ? Manifest.Tiers.Where(other => other.Depth > tier.Depth)
            : [];

    /// <summary>Whether a tier is the deepest: the cloud.</summary>
    internal bool IsDeepest(BundleTier tier) => tier == Manifest.Tiers[^1];

    /// <summary>A label of DNS (RFC 1123), with room for what stands before and after it in names.</summary>
    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?\z")]
    private static partial Regex Label();
}

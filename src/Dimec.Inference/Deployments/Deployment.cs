using Dimec.Bundles;
using Dimec.Files;

namespace Dimec.Inference.Deployments;

/// <summary>
/// A folder from which tiers serve one revision of a bundle after the other without a gap: a folder each for those that are kept, and
/// <c>deployed.json</c>, which says which is current (<see cref="DeploymentRecord"/>). A revision's folder is never changed; what changes
/// is <c>deployed.json</c>, by a rename.
/// </summary>
public sealed class Deployment
{
    private Deployment(string root, DeploymentRecord record) => (Root, Record) = (root, record);

    /// <summary>The folder, as it was given.</summary>
    public string Root { get; }

    /// <summary>What <c>deployed.json</c> says.</summary>
    public DeploymentRecord Record { get; }

    /// <summary>The folder of the bundle that is to be served.</summary>
    public string Current => Path.Combine(Root, Record.Current);

    /// <summary>Reads what is deployed in a folder.</summary>
    /// <param name="root">The folder.</param>
    /// <returns>What is deployed; null where nothing has been.</returns>
    /// <exception cref="InputException"><c>deployed.json</c> cannot be read.</exception>
    public static Deployment? Find(string root)
    {
        ArgumentNullException.ThrowIfNull(root);
        var path = Path.Combine(root, DeploymentRecord.FileName);
        if (FileKinds.Of(path) == FileKind.Nothing)
            return null;
        using var stream = InputFile.OpenRead(path);
        return new Deployment(root, DeploymentRecord.Read(stream, path));
    }

    /// <summary>
    /// Copies a bundle into the folder, checks the copy by its hashes and its golden samples, and makes it the current one. Where anything
    /// of that fails the folder is as it was. A bundle that is there already is checked and not copied. What was deployed after the one
    /// that is current now has been rolled back, and is dropped.
    /// </summary>
    /// <param name="bundle">The bundle's folder.</param>
    /// <param name="root">The folder of deployments; it is made where it is absent.</param>
    /// <param name="options">What is copied and kept; null: the defaults.</param>
    /// <param name="cancellationToken">Stops between files; nothing is written then.</param>
    /// <returns>What is deployed now.</returns>
    /// <exception cref="InputException">
    /// The bundle is broken, not signed as it must be, or its models do not answer as they should; its revision is another bundle's; the
    /// folder holds something else or cannot be written to, or somebody else deploys into it now.
    /// </exception>
    /// <exception cref="JobException">The disk is full, or failed.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Deployment Deploy(
        string bundle, string root, DeploymentOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(bundle);
        ArgumentNullException.ThrowIfNull(root);
        options ??= new DeploymentOptions();
        var errors = new InputErrors();
        options.Validate(errors);
        errors.Try(() => Find(root)?.Root ?? Unused(root));
        var source = errors.Try(() => DeploymentCopy.Of(bundle, options));
        errors.ThrowIfAny();
        using var claim = FolderClaim.Take(root, root);
        // What another process deployed before the claim was taken counts.
        var before = Find(root)?.Record;
        Refuse(source!, before, root);
        var folder = Path.Combine(root, source!.Name);
        if (before is null || !before.Revisions.Contains(source.Name) || !source.IsWhole(folder))
            source.Write(folder, cancellationToken);
        string[] earlier = before is null
            ? []
            : [.. before.Revisions.TakeWhile(name => name != before.Current).Append(before.Current).Where(name => name != source.Name)];
        return Put(root, new DeploymentRecord(source.Name, [.. earlier.TakeLast(options.Keep - 1), source.Name]), before);
    }

    /// <summary>Makes the revision current again that was deployed before the current one; that one stays, until the next is deployed.
    /// </summary>
    /// <param name="root">The folder of deployments.</param>
    /// <param name="options">Whose bundles are taken, and of which tiers the models are checked; null: the defaults.</param>
    /// <returns>What is deployed now.</returns>
    /// <exception cref="InputException">Nothing is deployed there, nothing was before, what was is broken or not signed as it must be, or
    /// the folder cannot be written to.</exception>
    /// <exception cref="JobException">The disk is full, or failed.</exception>
    public static Deployment Rollback(string root, DeploymentOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(root);
        if (Find(root) is null)
            throw new InputException(root, $"has no {DeploymentRecord.FileName}", "give the folder that dimec deploy filled");
        using var claim = FolderClaim.Take(root, root);
        var before = Find(root)!.Record;
        var place = before.Revisions.Index().First(revision => revision.Item == before.Current).Index;
        if (place == 0)
        {
            throw new InputException(
                root, $"has nothing that was deployed before {before.Current}", "deploy the bundle that is to be served");
        }

        var earlier = before.Revisions[place - 1];
        var folder = Path.Combine(root, earlier);
        // Of tiers that were left out when it was deployed there is nothing to check.
        var there = DeploymentCopy.TiersIn(folder);
        DeploymentCopy.Check(folder, options?.Tiers ?? (there.Length > 0 ? there : null), options?.Trust);
        return Put(root, before with { Current = earlier }, before);
    }

    /// <summary>The folder of the bundle that a folder stands for: the current one of deployments, or itself.</summary>
    internal static string CurrentOf(string folder) => Find(folder)?.Current ?? folder;

    /// <summary>Says what is current, and removes what is kept no longer.</summary>
    private static Deployment Put(string root, DeploymentRecord record, DeploymentRecord? before)
    {
        AtomicFile.Write(Path.Combine(root, DeploymentRecord.FileName), record.Write);
        foreach (var name in before?.Revisions.Except(record.Revisions) ?? [])
            Remove(Path.Combine(root, name));
        return new Deployment(root, record);
    }

    /// <summary>
    /// What a tier still has open stays open where the system lets files be removed that are; elsewhere they stay, and are nobody's.
    /// </summary>
    private static void Remove(string folder)
    {
        try
        {
            // First, so that what is left of a folder passes for no bundle.
            File.Delete(Path.Combine(folder, BundleManifest.FileName));
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception stays) when (stays is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>A revision is a version in the tiers' addresses, and stands for one bundle.</summary>
    private static void Refuse(DeploymentCopy source, DeploymentRecord? before, string root)
    {
        var start = source.Name[..(source.Name.IndexOf('-', StringComparison.Ordinal) + 1)];
        if (before?.Revisions.FirstOrDefault(name => name.StartsWith(start, StringComparison.Ordinal) && name != source.Name) is { } other)
        {
            throw new InputException(
                source.Folder, $"has revision {start[..^1]}, and so has {Path.Combine(root, other)}, which is another bundle",
                "export it under a revision of its own");
        }
    }

    private static string Unused(string root)
    {
        if (FileKinds.Of(root) == FileKind.Folder && AtomicFolder.Entries(root).FirstOrDefault(name => !name.StartsWith('.')) is { } other)
        {
            throw new InputException(
                root, $"holds {other} and no {DeploymentRecord.FileName}, so it is no folder of deployments", "name a new folder");
        }

        return root;
    }
}

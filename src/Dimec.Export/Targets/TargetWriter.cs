using Dimec.Files;

namespace Dimec.Export.Targets;

/// <summary>Writes what another engine, or a cluster, serves a bundle from.</summary>
public static class TargetWriter
{
    /// <summary>Writes the folder as a whole or not at all.</summary>
    /// <param name="bundle">The folder that <c>dimec export</c> wrote.</param>
    /// <param name="target">What is written.</param>
    /// <param name="folder">Where to: a new folder, or an empty one.</param>
    /// <param name="settings">What the target is told; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the work between two files; nothing is written then.</param>
    /// <returns>The files that were written, in their order.</returns>
    /// <exception cref="InputException">
    /// Settings or bundle are wrong, or the folder holds something; everything that is wrong is reported together.
    /// </exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static IReadOnlyList<string> Write(
        string bundle, IExportTarget target, string folder, TargetSettings? settings = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(folder);
        settings ??= new TargetSettings();
        var errors = new InputErrors();
        settings.Validate(errors);
        target.Validate(settings, errors);
        CheckEmpty(folder, errors);
        var opened = errors.Try(() => TargetBundle.Open(bundle, settings.Tiers));
        var files = opened is null || errors.Count > 0 ? null : errors.Try(() => target.Files(opened, settings).ToArray());
        errors.ThrowIfAny();
        AtomicFolder.Write(folder, temporary =>
        {
            foreach (var file in files!)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Write(file, temporary);
            }
        });
        return [.. files!.Select(file => file.Path)];
    }

    private static void Write(TargetFile file, string folder)
    {
        var path = Path.Combine(folder, file.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
        file.Write(stream);
    }

    private static void CheckEmpty(string folder, InputErrors errors)
    {
        if (FileKinds.Of(folder) != FileKind.Folder)
            return;
        try
        {
            if (AtomicFolder.Entries(folder).Order(StringComparer.Ordinal).FirstOrDefault() is { } entry)
            {
                errors.Add(
                    $"{OptionNames.Of(CallArgument.Folder)} {folder}", $"holds {entry}, which would be lost",
                    "name a new folder, or an empty one");
            }
        }
        catch (UnauthorizedAccessException)
        {
            errors.Add(folder, "cannot be read: permission is denied", "let this user read it, or name a new folder");
        }
    }
}

using Dimec.Bundles;
using Dimec.Files;

namespace Dimec.Export;

/// <summary>
/// The folder that a bundle is written to. It is replaced as a whole, so it must hold nothing that is somebody's own: a mistyped path must
/// not cost a folder of other things.
/// </summary>
internal static class BundleTarget
{
    public static void Check(string folder, InputErrors errors)
    {
        try
        {
            AtomicFolder.Finish(folder, BundleManifest.FileName);
            if (FileKinds.Of(folder) == FileKind.Folder)
                CheckContent(folder, errors);
        }
        catch (InputException wrong)
        {
            errors.Add(wrong);
        }
        catch (UnauthorizedAccessException)
        {
            errors.Add(folder, "cannot be read: permission is denied", "let this user read it, or name a new folder");
        }
    }

    private static void CheckContent(string folder, InputErrors errors)
    {
        string[] entries = [.. AtomicFolder.Entries(folder).Order(StringComparer.Ordinal)];
        var manifest = Path.Combine(folder, BundleManifest.FileName);
        if (entries.Length == 0)
            return;
        if (!File.Exists(manifest))
        {
            errors.Add(
                folder, $"holds {entries[0]} and no {BundleManifest.FileName}, so it is no bundle that may be replaced",
                "name a new folder, or that of an earlier bundle");
        }
        else if (Listed(manifest) is not { } files)
        {
            errors.Add(
                folder,
                $"holds a {BundleManifest.FileName} that is no bundle's, or a damaged one's, so nobody knows what would be lost with it",
                "name a new folder, or remove that one yourself");
        }
        else if (entries.FirstOrDefault(entry => entry != BundleManifest.FileName && !files.Contains(entry)) is { } other)
        {
            errors.Add(
                folder, $"holds {other}, which is no part of the bundle there and would be lost", "move it away, or name a new folder");
        }
    }

    /// <summary>What an earlier bundle consists of; null where its manifest cannot be read as one.</summary>
    private static HashSet<string>? Listed(string manifest)
    {
        try
        {
            using var stream = InputFile.OpenRead(manifest);
            return [.. BundleManifest.Read(stream, manifest).Files.Select(file => file.Name), BundleManifest.SignatureFile];
        }
        catch (InputException)
        {
            return null;
        }
    }
}

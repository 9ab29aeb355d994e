using Dimec.Bundles;
using Dimec.Files;

namespace Dimec.Inference;

/// <summary>Which files of a bundle are needed, and whether they are the ones that were exported.</summary>
internal static class BundleFiles
{
    private const string Again = "copy the bundle again, or export it again";

    public static BundleTier Tier(BundleManifest manifest, string folder, string name) =>
        manifest.Tiers.FirstOrDefault(tier => tier.Name == name) ?? throw new InputException(
            folder, $"has no tier '{name}'", $"use one of {string.Join(", ", manifest.Tiers.Select(tier => tier.Name))}");

    /// <summary>All files but the models and weights of tiers that are not asked for.</summary>
    public static BundleFile[] Needed(BundleManifest manifest, string folder, IReadOnlyCollection<string>? tiers)
    {
        if (tiers is null)
            return [.. manifest.Files];
        var others = manifest.Tiers.SelectMany(tier => Of(manifest, tier)).ToHashSet();
        others.ExceptWith(tiers.SelectMany(name => Of(manifest, Tier(manifest, folder, name))));
        return [.. manifest.Files.Where(file => !others.Contains(file.Name))];
    }

    /// <summary>What a tier runs.</summary>
    private static IEnumerable<string> Of(BundleManifest manifest, BundleTier tier) => manifest.Stretches
        .Where(stretch => stretch.Tiers.Contains(tier.Name))
        .SelectMany(stretch => stretch.Weights.Prepend(stretch.Model))
        .Concat(tier.Weights.Prepend(tier.Model));

    /// <summary>Compares sizes, then hashes; large files in parallel, each streamed.</summary>
    public static void Verify(string folder, IReadOnlyList<BundleFile> files)
    {
        var problems = new InputError?[files.Count];
        Parallel.For(0, files.Count, i => problems[i] = Problem(Path.Combine(folder, files[i].Name), files[i]));
        var errors = problems.OfType<InputError>().ToArray();
        if (errors.Length > 0)
            throw new InputException(errors);
    }

    private static InputError? Problem(string path, BundleFile expected)
    {
        if (FileKinds.Of(path) == FileKind.Nothing)
            return new InputError(path, $"is missing, although {BundleManifest.FileName} lists it", Again);
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

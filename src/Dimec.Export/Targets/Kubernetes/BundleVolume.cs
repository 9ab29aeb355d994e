using System.Text.RegularExpressions;

namespace Dimec.Export.Targets.Kubernetes;

/// <summary>How a pod gets the bundle: as a volume, read only.</summary>
/// <param name="Yaml">The volume's source, at the place of a volume in a pod of a workload.</param>
/// <param name="Bundle">The bundle's folder in the container.</param>
internal sealed partial record BundleVolume(string Yaml, string Bundle)
{
    /// <summary>Where the volume is mounted.</summary>
    public const string Mount = "/bundle";

    private const string Image = "oci://";
    private const string Claim = "pvc://";

    /// <summary>Adds what is wrong with the place where the bundle is.</summary>
    public static void Validate(string? storage, InputErrors errors)
    {
        var where = TargetSettings.Name(nameof(TargetSettings.Storage));
        const string Fix = "write oci://IMAGE, an image of the target oci, or pvc://CLAIM/FOLDER";
        if (storage is null)
            errors.Add(where, "is missing: where the cluster finds the bundle", Fix);
        else if (!storage.StartsWith(Image, StringComparison.Ordinal) && !ClaimAndFolder().IsMatch(storage))
            errors.Add(where, $"is '{storage}', which no volume of a pod can be", Fix);
    }

    /// <summary>The volume of a valid place.</summary>
    public static BundleVolume Of(string storage)
    {
        if (storage.StartsWith(Image, StringComparison.Ordinal))
        {
            return new BundleVolume(
                $"""
                          image:
                            reference: {storage[Image.Length..]}
                            pullPolicy: IfNotPresent
                """,
                $"{Mount}/{Oci.OciTarget.Folder}");
        }

        var (claim, folder) = storage[Claim.Length..].Split('/', 2) is [var name, var path] ? (name, path) : (storage[Claim.Length..], "");
        return new BundleVolume(
            $"""
                      persistentVolumeClaim:
                        claimName: {claim}
                        readOnly: true
            """,
            $"{Mount}/{folder}".TrimEnd('/'));
    }

    [GeneratedRegex(@"^pvc://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(/[A-Za-z0-9._/-]*)?\z")]
    private static partial Regex ClaimAndFolder();
}

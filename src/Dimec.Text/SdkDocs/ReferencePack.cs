namespace Dimec.Text.SdkDocs;

/// <summary>A reference pack of the SDK: the documentation of one framework.</summary>
/// <param name="Name">The pack's name.</param>
/// <param name="Version">Its newest version that is installed.</param>
/// <param name="Files">Its documentation files, by name.</param>
internal sealed record ReferencePack(string Name, string Version, IReadOnlyList<string> Files)
{
    // Every SDK carries these two. Others (Windows Desktop, older standards) come with some systems only,
    // and the data would depend on the machine.
    private static readonly string[] s_names = ["Microsoft.AspNetCore.App.Ref", "Microsoft.NETCore.App.Ref"];

    /// <summary>The packs of the first root that has any.</summary>
    /// <exception cref="InputException">None has.</exception>
    public static IReadOnlyList<ReferencePack> Find(IEnumerable<string> roots)
    {
        foreach (var root in roots)
        {
            var packs = s_names.Select(name => Newest(Path.Combine(root, "packs", name), name)).OfType<ReferencePack>().ToList();
            if (packs.Count > 0)
                return packs;
        }

        throw new InputException(
            "sdk-docs", $"no reference pack with documentation ({string.Join(", ", s_names)}) was found",
            "install the .NET SDK, or set DOTNET_ROOT to the folder that holds it");
    }

    private static ReferencePack? Newest(string folder, string name)
    {
        if (!Directory.Exists(folder))
            return null;
        return Directory.EnumerateDirectories(folder)
            .Select(path => (path, version: PackVersion.TryParse(Path.GetFileName(path))))
            .Where(v => v.version is not null)
            .OrderByDescending(v => v.version)
            .Select(v => new ReferencePack(name, Path.GetFileName(v.path), Documents(v.path)))
            .FirstOrDefault(p => p.Files.Count > 0);
    }

    private static string[] Documents(string version)
    {
        var references = Path.Combine(version, "ref");
        return Directory.Exists(references)
            ? [.. Directory.EnumerateDirectories(references)
                .SelectMany(f => Directory.EnumerateFiles(f, "*.xml"))
                .Order(StringComparer.Ordinal)]
            : [];
    }
}

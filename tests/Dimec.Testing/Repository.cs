namespace Dimec.Testing;

/// <summary>Where the checkout and the folder of reference material beside it are.</summary>
public static class Repository
{
    /// <summary>The folder that holds <c>Dimec.slnx</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The reference material: <c>DIMEC_SHARED</c>, or <c>shared</c> beside the checkout.</summary>
    public static string Shared { get; } =
        Environment.GetEnvironmentVariable("DIMEC_SHARED") ?? Path.GetFullPath(Path.Combine(Root, "..", "shared"));

    /// <summary>A path below <see cref="Shared"/>; skips the calling test with a clear message where it is absent.</summary>
    public static string RequireShared(params string[] parts)
    {
        var path = Path.Combine([Shared, .. parts]);
        if (!File.Exists(path) && !Directory.Exists(path))
            Assert.Skip($"Reference material is absent: {path}. Put the shared folder beside the checkout, or name it in DIMEC_SHARED.");
        return path;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Dimec.slnx")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"Dimec.slnx was not found in or above {AppContext.BaseDirectory}.");
    }
}

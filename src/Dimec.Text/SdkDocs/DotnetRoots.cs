using System.Runtime.InteropServices;

namespace Dimec.Text.SdkDocs;

/// <summary>Where a .NET SDK may be installed on this machine, the likeliest place first.</summary>
internal static class DotnetRoots
{
    public static IEnumerable<string> Candidates()
    {
        if (Variable("DOTNET_ROOT") is { } root)
            yield return root;
        // root/shared/Microsoft.NETCore.App/VERSION
        yield return Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        if (Variable("DOTNET_HOST_PATH") is { } host && Path.GetDirectoryName(Resolve(host)) is { } hostFolder)
            yield return hostFolder;

        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        foreach (var folder in (Variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            var file = Path.Combine(folder, name);
            if (File.Exists(file) && Path.GetDirectoryName(Resolve(file)) is { } found)
                yield return found;
        }

        foreach (var folder in WellKnown())
            yield return folder;
    }

    private static IEnumerable<string> WellKnown()
    {
        if (OperatingSystem.IsWindows())
        {
            yield return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "dotnet");
        }
        else
        {
            yield return "/usr/share/dotnet";
            yield return "/usr/lib/dotnet";
            yield return "/usr/lib64/dotnet";
            yield return "/usr/local/share/dotnet";
        }

        yield return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dotnet");
    }

    private static string Resolve(string file)
    {
        try
        {
            return File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(file);
        }
        catch (IOException)
        {
            return Path.GetFullPath(file);
        }
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}

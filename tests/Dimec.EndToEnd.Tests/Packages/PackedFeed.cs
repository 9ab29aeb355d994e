using System.Runtime.InteropServices;
using Dimec.EndToEnd.Tests.Packages;

[assembly: AssemblyFixture(typeof(PackedFeed))]

namespace Dimec.EndToEnd.Tests.Packages;

/// <summary>The packages of this commit in a feed of their own, packed once for the tests that ask for them.</summary>
public sealed class PackedFeed : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<Task<string>> _packed;

    public PackedFeed() => _packed = new(PackAsync);

    /// <summary>Whether the packages can be made here: <c>.ci/pack</c> is a script of bash's, and the tests run what it packs.</summary>
    public static bool IsPossible => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <summary>Where NuGet keeps this machine's packages.</summary>
    public static string Kept =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>The folder with the packages.</summary>
    public Task<string> FolderAsync()
    {
        Assert.SkipUnless(IsPossible, "The packages are made and run on x64 Linux only.");
        return _packed.Value;
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> PackAsync()
    {
        var feed = _folder.File("feed");
        await Shell.DoneAsync(Repository.Root, $".ci/pack '{feed}' linux-x64");
        return feed;
    }
}

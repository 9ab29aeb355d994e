using Dimec.Files;
using Dimec.Training.Native;

namespace Dimec.Training.Tests.Native;

public sealed class NamelessLibraryTests
{
    [Fact]
    public void A_library_is_loaded_from_memory_and_from_a_folder_and_leaves_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux loads what has no name.");
        using var folder = new TemporaryFolder();
        var library = File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "libSystem.Native.so"));

        Assert.True(NamelessLibrary.TryLoad(library, []));
        Assert.True(NamelessLibrary.TryLoad(library, () => ScratchFile.Open(folder.Path)));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
        Assert.False(NamelessLibrary.TryLoad([1, 2, 3], [folder.Path, folder.File("absent")]));
        Assert.False(Directory.Exists(folder.File("absent")));
    }
}

using Dimec.Files;

namespace Dimec.Tests.Files;

public class ScratchFileTests
{
    [Fact]
    public void What_is_written_can_be_read_and_nothing_is_left()
    {
        using var folder = new TemporaryFolder();
        using (var scratch = ScratchFile.Open(folder.File("new")))
        {
            scratch.Write("abc"u8);
            scratch.Position = 1;
            Assert.Equal('b', scratch.ReadByte());
            // A process that is killed now leaves nothing either; Windows itself removes the file then.
            if (!OperatingSystem.IsWindows())
                Assert.Empty(Directory.GetFiles(folder.File("new")));
        }

        Assert.Empty(Directory.GetFiles(folder.File("new")));
    }
}

using System.Diagnostics;
using Dimec.Files;

namespace Dimec.Tests.Files;

public sealed class InputFileTests
{
    [Fact]
    public void A_file_is_read_through_links()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("file"), "content");
        File.CreateSymbolicLink(folder.File("link"), folder.File("file"));

        Assert.Equal("content"u8, InputFile.ReadAllBytes(folder.File("link")));
        using var stream = InputFile.OpenRead(folder.File("file"));
        Assert.Equal(7, stream.Length);
    }

    [Fact]
    public void What_is_no_file_is_a_sentence_and_never_waited_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has neither pipes nor devices in its folders.");
        using var folder = new TemporaryFolder();
        Process.Start("mkfifo", [folder.File("pipe")]).WaitForExit();
        File.CreateSymbolicLink(folder.File("dangling"), folder.File("gone"));

        Assert.Contains("is a pipe", Problem(folder.File("pipe")), StringComparison.Ordinal);
        Assert.Contains("is a device", Problem("/dev/zero"), StringComparison.Ordinal);
        Assert.Contains("is a folder", Problem(folder.Path), StringComparison.Ordinal);
        Assert.Contains("does not exist", Problem(folder.File("gone")), StringComparison.Ordinal);
        Assert.Contains("does not exist", Problem(folder.File("no", "folder")), StringComparison.Ordinal);
        Assert.Contains($"is a link to {folder.File("gone")}", Problem(folder.File("dangling")), StringComparison.Ordinal);
        Assert.Contains("NUL", Problem("a\0b"), StringComparison.Ordinal);
        Assert.Contains("is empty", Problem(""), StringComparison.Ordinal);
        Assert.Contains("cannot be read", Problem(folder.File(new string('a', 300))), StringComparison.Ordinal);
    }

    /// <summary>Who has put it in place holds it for a moment longer, which is waited for.</summary>
    [Fact]
    public async Task A_file_that_is_replaced_while_it_is_read_is_one_or_the_other()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("file");
        AtomicFile.WriteText(file, "one");
        var done = false;
        var reader = Task.Run(() =>
        {
            var read = new HashSet<string>();
            while (!Volatile.Read(ref done))
                read.Add(System.Text.Encoding.UTF8.GetString(InputFile.ReadAllBytes(file)));
            return read;
        });
        for (var i = 0; i < 300 && !reader.IsCompleted; i++)
            AtomicFile.WriteText(file, i % 2 == 0 ? "two" : "one");
        Volatile.Write(ref done, true);
        Assert.Subset(new HashSet<string> { "one", "two" }, await reader);
    }

    private static string Problem(string path) => TextFiles.Error(() => InputFile.ReadAllBytes(path)).Problem;
}

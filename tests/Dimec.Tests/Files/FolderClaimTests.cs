using System.Diagnostics;
using Dimec.Files;

namespace Dimec.Tests.Files;

public sealed class FolderClaimTests
{
    [Fact]
    public async Task A_pipe_in_place_of_the_lock_is_refused_and_not_waited_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes in its folders.");
        using var folder = new TemporaryFolder();
        Process.Start("mkfifo", [folder.File(".lock")]).WaitForExit();

        var error =
            await Task.Run(() => TextFiles.Error(() => FolderClaim.Take(folder.Path).Dispose()), TestContext.Current.CancellationToken)
                .WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        Assert.Equal((folder.File(".lock"), "is a pipe, where a file keeps other processes out"), (error.Where, error.Problem));
    }
}

namespace Dimec.EndToEnd.Tests.Made;

/// <summary>Tests of calls that must be refused: each has a folder of its own, in which nothing may have changed afterwards.</summary>
public abstract class RefusedCalls : IDisposable
{
    private protected TemporaryFolder Folder { get; } = new();

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="Tool.RefusedAsync"/>
    private protected Task RefusedAsync(string[] arguments, params string[] sentences) =>
        Tool.RefusedAsync(Folder.Path, arguments, sentences);

    /// <summary>A copy of a made run or bundle in the test's folder, to be broken in one place.</summary>
    private protected string CopyOf(string made) => MadeRun.Copy(made, Folder.File(Path.GetFileName(made)));
}

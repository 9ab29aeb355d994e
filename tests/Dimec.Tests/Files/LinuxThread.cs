using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Dimec.Tests.Files;

/// <summary>Runs a test's body where it has a place of its own in the system: what it mounts, or gives up, ends with its thread.</summary>
internal static partial class LinuxThread
{
    private const int NewMounts = 0x20000;
    private const nuint Private = 0x40000;
    private const nuint Recursive = 0x4000;
    private const nuint ReadOnly = 1;
    private const nuint Bind = 4096;
    private const uint Nobody = 65534;

    /// <summary>With a file system of its own at a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">E.g. <c>size=1m</c>.</param>
    /// <param name="body">What is tested.</param>
    public static void WithVolume(string folder, string options, Action body) =>
        InOwnMounts(() => Mount("tmpfs", folder, "tmpfs", 0, options), body);

    /// <summary>With a file or folder mounted at another one.</summary>
    /// <param name="from">What is seen there.</param>
    /// <param name="at">Where.</param>
    /// <param name="body">What is tested.</param>
    public static void WithBind(string from, string at, Action body) => InOwnMounts(() => Mount(from, at, "none", Bind, null), body);

    /// <summary>With a file system that nothing can be written to.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="body">What is tested.</param>
    public static void WithReadOnlyVolume(string folder, Action body) =>
        InOwnMounts(() => Mount("tmpfs", folder, "tmpfs", ReadOnly, null), body);

    /// <summary>As a user who may write only where everybody may.</summary>
    /// <param name="body">What is tested.</param>
    public static void AsNobody(Action body) => Run(
        () =>
        {
            _ = SetGroup(Nobody);
            _ = SetUser(Nobody);
            return SetUser(Nobody) == (int)Nobody ? 0 : -1;
        },
        body,
        "Only root can become another user.");

    private static void InOwnMounts(Func<int> mount, Action body) => Run(
        () => Unshare(NewMounts) == 0 && Mount("none", "/", null, Private | Recursive, null) == 0 ? mount() : -1, body,
        "This user may not mount anything.");

    private static void Run(Func<int> prepare, Action body, string reason)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux gives a thread what is its own.");
        var prepared = false;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            prepared = prepare() == 0;
            if (!prepared)
                return;
            try
            {
                body();
            }
#pragma warning disable CA1031 // It is thrown again where the test waits.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        });
        thread.Start();
        thread.Join();
        Assert.SkipUnless(prepared, reason);
        failure?.Throw();
    }

    [LibraryImport("libc", EntryPoint = "unshare")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Unshare(int flags);

    [LibraryImport("libc", EntryPoint = "mount", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Mount(string source, string target, string? type, nuint flags, string? options);

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetUser(uint user);

    [LibraryImport("libc", EntryPoint = "setfsgid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetGroup(uint group);
}

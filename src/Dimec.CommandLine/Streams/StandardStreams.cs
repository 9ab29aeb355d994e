using System.Runtime.InteropServices;

namespace Dimec.CommandLine.Streams;

/// <summary>
/// This process's standard streams. One that was closed before the start is as <c>/dev/null</c>: its number may belong to something else by
/// now, which must not be read or written.
/// </summary>
internal static partial class StandardStreams
{
    private const int InputNumber = 0;
    private const int OutputNumber = 1;
    private const int ErrorNumber = 2;
    private const int GetFlags = 1;
    private const int CloseOnExec = 1;

    /// <summary>Standard input, as bytes.</summary>
    public static Stream Input() => IsOpen(InputNumber) ? Console.OpenStandardInput() : Stream.Null;

    /// <summary>Standard output; throws where nobody reads it any more, so that a command which writes on and on ends.</summary>
    public static Stream Output() => !IsOpen(OutputNumber) ? Stream.Null
        : OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : new StandardOutput(OutputNumber, mustArrive: true);

    /// <summary>Standard error; what cannot be said there cannot be said at all.</summary>
    public static Stream Error() => !IsOpen(ErrorNumber) ? Stream.Null
        : OperatingSystem.IsWindows() ? Console.OpenStandardError() : new StandardOutput(ErrorNumber, mustArrive: false);

    /// <summary>
    /// The runtime's own pipes and files take the numbers that are free. They are to close when another program is started, which nothing
    /// that this one was started with can be.
    /// </summary>
    private static bool IsOpen(int number) =>
        OperatingSystem.IsWindows() || (FlagsOf(number, GetFlags) is >= 0 and var flags && (flags & CloseOnExec) == 0);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FlagsOf(int number, int command);
}

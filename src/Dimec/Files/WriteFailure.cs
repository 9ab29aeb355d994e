namespace Dimec.Files;

/// <summary>What the system says when it cannot write, as a sentence that names the place which the user gave.</summary>
internal static class WriteFailure
{
    private const int Busy = 16;
    private const int Full = 28;
    private const int ReadOnly = 30;
    private const int OverQuota = 122;
    private const int Again = 11;
    private const int MacAgain = 35;
    private const int MacOverQuota = 69;

    // Windows' own codes.
    private const int WindowsFull = unchecked((int)0x80070070);
    private const int WindowsHandleFull = unchecked((int)0x80070027);
    private const int WindowsShared = unchecked((int)0x80070020);

    /// <summary>Whether it is one of the system's refusals.</summary>
    public static bool Is(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <summary>Whether it can only come from writing: what fills a file may read others, and their failures are not the place's.</summary>
    public static bool IsOfWriting(Exception exception) => exception is IOException io && (IsFull(io) || IsReadOnly(io));

    /// <summary>Whether another process holds the file.</summary>
    public static bool IsHeld(IOException exception) =>
        exception.HResult is WindowsShared || (!OperatingSystem.IsWindows() && exception.HResult is Again or MacAgain);

    /// <summary>The sentence.</summary>
    /// <param name="where">The place, as the user gave it.</param>
    /// <param name="exception">What the system said.</param>
    public static Exception Of(string where, Exception exception) => exception switch
    {
        UnauthorizedAccessException =>
            new InputException(where, "cannot be written: permission is denied", "let this user write there, or name another place"),
        PathTooLongException => new InputException(where, "has a longer name than its file system takes", "give a shorter one"),
        IOException io when IsFull(io) =>
            new JobException($"{where}: the disk is full, or its quota is used up; make room, or name another place.", exception),
        IOException io when IsReadOnly(io) =>
            new InputException(where, "cannot be written: the file system is read-only", "name a place that can be written to"),
        IOException io when !OperatingSystem.IsWindows() && io.HResult == Busy => new InputException(
            where, "is in use, e.g. as a mount point, which cannot be replaced", "name a place inside it, or another one"),
        _ => new JobException(
            $"{where}: cannot be written ({exception.Message.TrimEnd('.')}); look at the place, or name another one.", exception),
    };

    private static bool IsFull(IOException exception) => OperatingSystem.IsWindows()
        ? exception.HResult is WindowsFull or WindowsHandleFull
        : exception.HResult == Full || exception.HResult == (OperatingSystem.IsMacOS() ? MacOverQuota : OverQuota);

    private static bool IsReadOnly(IOException exception) => !OperatingSystem.IsWindows() && exception.HResult == ReadOnly;
}

namespace Dimec.CommandLine;

/// <summary>What the tool's exit code means; a program may rely on it.</summary>
public static class ExitCodes
{
    /// <summary>The job is done.</summary>
    public const int Done = 0;

    /// <summary>The job failed although the call and the input were fine.</summary>
    public const int Failed = 1;

    /// <summary>The call or the input is wrong; the message says what, where and how to mend it.</summary>
    public const int BadInput = 2;

    /// <summary>The answer is "not possible with this data".</summary>
    public const int NotPossible = 3;

    /// <summary>Interrupted by Ctrl-C or SIGTERM; the same command resumes where the command can resume.</summary>
    public const int Interrupted = 130;

    /// <summary>Nobody reads standard output any more, as after <c>| head -1</c>; a shell says so of a program that died of it.</summary>
    public const int OutputClosed = 141;
}

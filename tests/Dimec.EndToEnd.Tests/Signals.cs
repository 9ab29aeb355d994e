using System.Diagnostics;
using System.Globalization;

namespace Dimec.EndToEnd.Tests;

/// <summary>Ends a process in the ways in which processes end.</summary>
internal static class Signals
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    private const string IgnoredKey = "SigIgn:";

    /// <summary>True where this process was started so that it ignores Ctrl-C.</summary>
    public static bool InterruptsAreIgnored { get; } = OperatingSystem.IsLinux() && (IgnoredMask() & (1UL << (2 - 1))) != 0;

    /// <summary>As Ctrl-C does.</summary>
    public static Task InterruptAsync(Process process) => SendAsync("INT", process);

    /// <summary>As a service manager does.</summary>
    public static Task TerminateAsync(Process process) => SendAsync("TERM", process);

    /// <summary>Stops it where it is: it takes what is sent to it and says nothing.</summary>
    public static Task SuspendAsync(Process process) => SendAsync("STOP", process);

    /// <summary>Has it go on.</summary>
    public static Task ResumeAsync(Process process) => SendAsync("CONT", process);

    /// <summary>Waits for the end; a process that hangs fails the test and does not outlive it.</summary>
    public static async Task EndedAsync(Process process)
    {
        using var limit = new CancellationTokenSource(s_limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"Process {process.Id} did not end within {s_limit.TotalSeconds} s.");
        }
    }

    /// <summary>Waits for the end of a process that this one did not start, and so cannot wait for.</summary>
    public static async Task GoneAsync(int id)
    {
        var waited = Stopwatch.StartNew();
        while (IsAlive(id))
        {
            Assert.True(waited.Elapsed < s_limit, $"Process {id} is still there after {s_limit.TotalSeconds} s.");
            await Task.Delay(20);
        }
    }

    /// <summary>An orphan that nobody has reaped yet has ended all the same.</summary>
    private static bool IsAlive(int id)
    {
        try
        {
            if (OperatingSystem.IsLinux())
                return !File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (Exception gone) when (gone is IOException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>A bit a signal, the first for signal 1.</summary>
    private static ulong IgnoredMask()
    {
        var line = File.ReadLines("/proc/self/status").First(status => status.StartsWith(IgnoredKey, StringComparison.Ordinal));
        return ulong.Parse(line.AsSpan(IgnoredKey.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    private static async Task SendAsync(string signal, Process process)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such signals on Windows.");
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }
}

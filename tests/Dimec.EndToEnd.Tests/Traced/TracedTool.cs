using System.Diagnostics;

namespace Dimec.EndToEnd.Tests.Traced;

/// <summary>
/// The tool under strace, which sees what native libraries do as well, with a home and a temporary folder of its own, and without what
/// keeps such libraries quiet in continuous integration only.
/// </summary>
internal sealed class TracedTool : IAsyncDisposable
{
    /// <summary>Everything that makes a file, or speaks to another process.</summary>
    private const string Calls =
        "openat,open,creat,mkdir,mkdirat,mknod,mknodat,rename,renameat,"
        + "renameat2,link,linkat,symlink,symlinkat,connect,sendto,sendmsg,sendmmsg";

    /// <summary>
    /// Where ONNX Runtime and others keep still when they are set, and where a cache is looked for before the home folder.
    /// </summary>
    private static readonly string[] s_unset =
    [
        "CI", "TF_BUILD", "GITHUB_ACTIONS", "GITLAB_CI", "CIRCLECI", "TRAVIS", "JENKINS_URL", "CODEBUILD_BUILD_ID", "BUILDKITE",
        "TEAMCITY_VERSION",
        "APPVEYOR", "BITBUCKET_BUILD_NUMBER", "SYSTEM_TEAMFOUNDATIONCOLLECTIONURI", "ORT_RUNNING_UNIT_TESTS", "ORT_DISABLE_TELEMETRY",
        "DOTNET_CLI_TELEMETRY_OPTOUT", "XDG_CACHE_HOME",
    ];

    private readonly string _trace;
    private readonly Process _process;
    private readonly Task<string> _errors;

    private TracedTool(string folder, Process process)
    {
        (Home, Temporary, _trace, _process) = (
            Path.Combine(folder, "home"), Path.Combine(folder, "tmp"), Path.Combine(folder, "trace"), process);
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>The home folder, empty at first.</summary>
    public string Home { get; }

    /// <summary>The folder for temporary files.</summary>
    public string Temporary { get; }

    /// <summary>Skips the calling test with a clear message where nothing can be traced.</summary>
    public static void Require()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "strace is Linux's.");
        try
        {
            using var probe = Process.Start(new ProcessStartInfo("strace", ["-qq", "-f", "--seccomp-bpf", "-o", "/dev/null", "true"])
            {
                RedirectStandardError = true,
            })!;
            probe.WaitForExit();
            Assert.SkipUnless(probe.ExitCode == 0, $"strace does not work here: {probe.StandardError.ReadToEnd()}");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no strace: install it (apt-get install strace).");
        }
    }

    /// <summary>Starts a command.</summary>
    /// <param name="folder">A folder that gets its home, its temporary files and the trace.</param>
    /// <param name="environment">Variables beside those that are there already.</param>
    /// <param name="arguments">The command.</param>
    public static TracedTool Start(string folder, IReadOnlyList<(string Name, string Value)> environment, params string[] arguments)
    {
        var (home, temporary, trace) = (Path.Combine(folder, "home"), Path.Combine(folder, "tmp"), Path.Combine(folder, "trace"));
        Directory.CreateDirectory(home);
        Directory.CreateDirectory(temporary);
        var start = new ProcessStartInfo(
            "strace",
            ["-qq", "-f", "--seccomp-bpf", "-s", "4096", "-e", $"trace={Calls}", "-o", trace, "dotnet", Path.Combine(
                AppContext.BaseDirectory, "Dimec.Cli.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in s_unset)
            start.Environment.Remove(name);
        (start.Environment["HOME"], start.Environment["TMPDIR"]) = (home, temporary);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new TracedTool(folder, Process.Start(start)!);
    }

    /// <summary>Runs a command that must succeed to its end.</summary>
    public static async Task<TracedTool> DoneAsync(string folder, params string[] arguments)
    {
        var tool = Start(folder, [], arguments);
        await tool.EndAsync();
        Assert.True(
            tool._process.ExitCode == 0, $"dimec {string.Join(' ', arguments)} ended with {tool._process.ExitCode}: {await tool._errors}");
        return tool;
    }

    /// <summary>The next line that the command prints.</summary>
    public async Task<string> LineAsync(CancellationToken stop) =>
        await _process.StandardOutput.ReadLineAsync(stop) ?? throw new InvalidOperationException(await _errors);

    /// <summary>What it has done so far.</summary>
    public SystemCalls Seen() => SystemCalls.Read(_trace);

    /// <summary>Ends a command that stops with its input.</summary>
    public async Task EndAsync()
    {
        _process.StandardInput.Close();
        _ = _process.StandardOutput.ReadToEndAsync();
        await Signals.EndedAsync(_process);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await EndAsync();
        _process.Dispose();
    }
}

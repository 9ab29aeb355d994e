using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Dimec.Serving.Bench;

/// <summary>A tier, or what it is set beside, as a process of its own that has one core.</summary>
internal sealed class BenchServer : IDisposable
{
    private readonly Process _process;

    private BenchServer(Process process, Uri grpc, Uri http) => (_process, Grpc, Http) = (process, grpc, http);

    public Uri Grpc { get; }

    public Uri Http { get; }

    public int ProcessId => _process.Id;

    /// <summary>Megabytes that the process has in memory.</summary>
    public double ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / (1024.0 * 1024);
        }
    }

    /// <summary>The edge of a bundle, until standard input ends: what the started process does.</summary>
    public static async Task ServeAsync(string folder)
    {
        var options = new DimecTierHostOptions { HttpPort = 0, GrpcPort = 0, Address = IPAddress.Loopback };
        (options.Tier.Bundle, options.Tier.Tier, options.Tier.KeepOld) = (folder, "edge", TimeSpan.Zero);
        using var stop = new CancellationTokenSource();
        var serving = DimecTierHost.RunAsync(
            options, addresses => Console.WriteLine($"{addresses.Grpc} {addresses.Http}"), stop.Token);
        await Task.WhenAny(serving, Task.Run(Console.In.ReadToEnd));
        await stop.CancelAsync();
        await serving;
    }

    /// <summary>Starts it on the first core.</summary>
    public static BenchServer Start(string folder)
    {
        var process = OnFirstCore("serve", folder);
        var urls = process.StandardOutput.ReadLine()!.Split(' ');
        return new BenchServer(process, new Uri(urls[0]), new Uri(urls[1]));
    }

    /// <summary>What the model does in process on the same core: texts a second at best, tokens of these runs, milliseconds alone.
    /// </summary>
    public static (double Rate, int Tokens, double Alone) InProcess(string folder, int seconds)
    {
        using var process = OnFirstCore("in-process", folder, seconds.ToString(CultureInfo.InvariantCulture));
        var figures = process.StandardOutput.ReadToEnd().Trim().Split(' ');
        process.WaitForExit();
        return (
            double.Parse(figures[0], CultureInfo.InvariantCulture), int.Parse(figures[1], CultureInfo.InvariantCulture),
            double.Parse(figures[2], CultureInfo.InvariantCulture));
    }

    /// <summary>This process keeps to the other cores.</summary>
    public static void LeaveFirstCore()
    {
        if (OperatingSystem.IsLinux() && Environment.ProcessorCount > 1)
            Process.GetCurrentProcess().ProcessorAffinity = ((nint)1 << Environment.ProcessorCount) - 2;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(10_000))
            _process.Kill();
        _process.Dispose();
    }

    private static Process OnFirstCore(params string[] arguments) => Process.Start(
        new ProcessStartInfo("taskset", ["-c", "0", Environment.ProcessPath!, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
}

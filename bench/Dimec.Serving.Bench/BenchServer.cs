using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Dimec.Serving.Bench;

/// <summary>A tier, or what it is set beside, as a process of its own that has one core.</summary>
internal sealed class BenchServer : IDisposable
{
    private readonly Process _process;
    private readonly bool _stopsWithInput;

    private BenchServer(Process process, Uri grpc, Uri http, bool stopsWithInput) =>
        (_process, Grpc, Http, _stopsWithInput) = (process, grpc, http, stopsWithInput);

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
        var process = OnFirstCore(Environment.ProcessPath!, ["serve", folder]);
        var urls = process.StandardOutput.ReadLine()!.Split(' ');
        return new BenchServer(process, new Uri(urls[0]), new Uri(urls[1]), stopsWithInput: true);
    }

    /// <summary>Starts a published dimec-tier on the first core, which listens on what is as local as the other's.</summary>
    /// <param name="program">The program.</param>
    /// <param name="folder">The bundle.</param>
    public static BenchServer StartPublished(string program, string folder)
    {
        var process = OnFirstCore(program, [folder, "--tier", "edge", "--http-port", "0", "--grpc-port", "0", "--keep-old", "0", "--json"]);
        using var said = JsonDocument.Parse(process.StandardOutput.ReadLine()!);
        Uri At(string side) => new(said.RootElement.GetProperty(side).GetString()!);
        return new BenchServer(process, At("grpc"), At("http"), stopsWithInput: false);
    }

    /// <summary>What the model does in process on the same core: texts a second at best, tokens of these runs, milliseconds alone.
    /// </summary>
    public static (double Rate, int Tokens, double Alone) InProcess(string folder, int seconds)
    {
        using var process = OnFirstCore(
            Environment.ProcessPath!, ["in-process", folder, seconds.ToString(CultureInfo.InvariantCulture)]);
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
        // A published one serves on whatever becomes of its input.
        if (!_process.WaitForExit(_stopsWithInput ? 10_000 : 0))
            _process.Kill();
        _process.Dispose();
    }

    private static Process OnFirstCore(string program, string[] arguments) => Process.Start(
        new ProcessStartInfo("taskset", ["-c", "0", program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
}

using System.Diagnostics;
using System.Text;
using Dimec.CommandLine.Serve;
using Dimec.Json;

namespace Dimec.Cli.Demo;

/// <summary>
/// A tier in a process of its own: this program again, with <c>serve</c>. It stops when it is disposed, and by itself when this process
/// ends in any way, since its standard input closes then.
/// </summary>
internal sealed class TierProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_stopLimit = TimeSpan.FromSeconds(10);
    private readonly Process _process;
    private readonly Task<string> _errors;

    private TierProcess(Process process, Task<string> errors, string tier)
    {
        _process = process;
        _errors = errors;
        Tier = tier;
    }

    /// <summary>The tier's name.</summary>
    public string Tier { get; }

    /// <summary>The process's id.</summary>
    public int Id => _process.Id;

    /// <summary>Where the tier answers gRPC, e.g. <c>grpc://127.0.0.1:40123</c>.</summary>
    public Uri Grpc { get; private set; } = new("grpc://127.0.0.1");

    /// <summary>Starts a tier on free ports of the loopback interface and waits until it is ready.</summary>
    /// <param name="bundle">The bundle's folder.</param>
    /// <param name="tier">The tier's name.</param>
    /// <param name="deeper">The deeper tiers, which run already: it may send on to them.</param>
    /// <param name="stop">Ends the wait, and the process with it.</param>
    /// <exception cref="JobException">The process ended or said nothing within a minute.</exception>
    public static async Task<TierProcess> StartAsync(
        string bundle, string tier, IEnumerable<TierProcess> deeper, CancellationToken stop)
    {
        var start = new ProcessStartInfo
        {
            FileName = Environment.ProcessPath!,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };

        // Under `dotnet Dimec.Cli.dll` the process is dotnet itself and needs to be told what to run.
        if (Path.GetFileNameWithoutExtension(start.FileName).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
            start.ArgumentList.Add(typeof(TierProcess).Assembly.Location);
        foreach (var argument in new[]
        {
            "serve", bundle, "--tier", tier, "--http-port", "0", "--grpc-port", "0", "--json", ServeCommand.StopWithInput,
        })
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var other in deeper)
        {
            start.ArgumentList.Add("--forward");
            start.ArgumentList.Add($"{other.Tier}={other.Grpc.OriginalString}");
        }

        var process = Process.Start(start)!;
        var tierProcess = new TierProcess(process, process.StandardError.ReadToEndAsync(CancellationToken.None), tier);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(s_startLimit);
            var line = await process.StandardOutput.ReadLineAsync(limit.Token);
            if (line is null)
                throw new JobException($"The {tier} process ended before it was ready: {(await tierProcess._errors).Trim()}");
            using var ready = JsonInput.ParseLine(Encoding.UTF8.GetBytes(line), $"the {tier} process's first line");
            tierProcess.Grpc = new Uri(ready.RootElement.GetProperty("grpc").GetString()!);
            return tierProcess;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            await tierProcess.DisposeAsync();
            throw new JobException($"The {tier} process was not ready within {s_startLimit.TotalSeconds:0} s.");
        }
        catch
        {
            await tierProcess.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks the process to stop by closing its input, and ends it where it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var limit = new CancellationTokenSource(s_stopLimit);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        await _errors;
        _process.Dispose();
    }
}

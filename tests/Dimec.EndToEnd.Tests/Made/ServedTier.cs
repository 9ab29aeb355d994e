using System.Diagnostics;
using System.Text.Json;

namespace Dimec.EndToEnd.Tests.Made;

/// <summary>A tier that the tool serves in a process of its own, on free ports.</summary>
internal sealed class ServedTier : IAsyncDisposable
{
    private ServedTier(Process process, JsonElement ready)
    {
        Process = process;
        (Http, Grpc) = (new Uri(ready.GetProperty("http").GetString()!), ready.GetProperty("grpc").GetString()!);
    }

    public Process Process { get; }

    public Uri Http { get; }

    public string Grpc { get; }

    public static Task<ServedTier> StartAsync(string bundle, string tier, params string[] options) =>
        StartToolAsync("Dimec.Cli.dll", ["serve"], bundle, tier, options);

    /// <summary>Starts a tier by one of the executables.</summary>
    public static async Task<ServedTier> StartToolAsync(
        string assembly, string[] command, string bundle, string tier, params string[] options)
    {
        var process = Tool.Start(
            assembly, [],
            [.. command, bundle, "--tier", tier, "--http-port", "0", "--grpc-port", "0", "--json", "--stop-with-input", .. options]);
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.True(
            line is not null, line is null ? await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken) : "");
        using var ready = JsonDocument.Parse(line!);
        return new ServedTier(process, ready.RootElement);
    }

    public async ValueTask DisposeAsync()
    {
        Process.StandardInput.Close();
        await Process.WaitForExitAsync();
        Process.Dispose();
    }
}

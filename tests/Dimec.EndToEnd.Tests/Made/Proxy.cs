using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Dimec.EndToEnd.Tests.Made;

/// <summary>
/// A proxy before three edges, as <c>samples/proxies</c> has it set up: of that, the test has other addresses and folders alone.
/// </summary>
internal sealed class Proxy : IAsyncDisposable
{
    private readonly Process _process;

    private Proxy(Process process, int grpc, int rest)
    {
        _process = process;
        (Grpc, Rest) = ($"grpc://127.0.0.1:{grpc}", $"http://127.0.0.1:{rest}");
    }

    public string Grpc { get; }

    public string Rest { get; }

    /// <summary>Starts it; skips the calling test with a clear message where this machine lacks the program.</summary>
    /// <param name="program">nginx or haproxy.</param>
    /// <param name="folder">Where it may write.</param>
    /// <param name="edges">Three of them.</param>
    public static async Task<Proxy> StartAsync(string program, string folder, IReadOnlyList<ServedTier> edges)
    {
        var (grpc, rest) = (FreePorts.Find(), FreePorts.Find());
        var (isNginx, file) = (program == "nginx", Path.Combine(folder, $"{program}.conf"));
        var lines = await File.ReadAllLinesAsync(
            Path.Combine(Repository.Root, "samples", "proxies", isNginx ? "nginx.conf" : "haproxy.cfg"),
            TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(
            file, lines.Select(line => Placed(line, edges, grpc, rest, folder)), TestContext.Current.CancellationToken);
        // One process, which ends with the test.
        string[] arguments = isNginx
            ? ["-c", file, "-p", folder, "-g", $"daemon off; master_process off; pid {folder}/nginx.pid; error_log stderr;"]
            : ["-db", "-f", file];
        Process process;
        try
        {
            process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            })!;
        }
        catch (Win32Exception)
        {
            Assert.Skip($"The proxy {program} is not on this machine.");
            throw;
        }

        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        _ = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        foreach (var port in new[] { grpc, rest })
            await ListensAsync(process, port, error);
        return new Proxy(process, grpc, rest);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string Placed(string line, IReadOnlyList<ServedTier> edges, int grpc, int rest, string folder)
    {
        foreach (var (i, edge) in edges.Index())
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"edge-{i + 1}:");
            if (!line.Contains(name, StringComparison.Ordinal))
                continue;
            return line
                .Replace($"{name}8001", new Uri(edge.Grpc).Authority, StringComparison.Ordinal)
                .Replace($"{name}8000", edge.Http.Authority, StringComparison.Ordinal)
                .Replace("port 8000", $"port {edge.Http.Port}", StringComparison.Ordinal);
        }

        return line.Trim() switch
        {
            "http {" => string.Join(
                '\n', ["http {", .. new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }
                    .Select(kind => $"    {kind}_temp_path {folder}/{kind};")]),
            "listen 8001 http2;" => $"listen 127.0.0.1:{grpc} http2;",
            "listen 8000;" => $"listen 127.0.0.1:{rest};",
            "bind :8001 proto h2" => $"    bind 127.0.0.1:{grpc} proto h2",
            "bind :8000" => $"    bind 127.0.0.1:{rest}",
            _ => line,
        };
    }

    private static async Task ListensAsync(Process process, int port, Task<string> error)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
                return;
            }
            catch (SocketException)
            {
                Assert.False(process.HasExited, process.HasExited ? await error : "");
                Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(30), "It does not listen.");
                await Task.Delay(10, TestContext.Current.CancellationToken);
            }
        }
    }
}

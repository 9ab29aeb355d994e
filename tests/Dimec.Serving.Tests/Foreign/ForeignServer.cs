using System.Diagnostics;
using System.Text.Json;
using Dimec.Inference;

namespace Dimec.Serving.Tests.Foreign;

/// <summary>A process of <c>server.mjs</c>: a server of the protocol that is not ours, on the ONNX files of a bundle.</summary>
internal sealed class ForeignServer : IAsyncDisposable
{
    private readonly Process _process;

    private ForeignServer(Process process, JsonElement ready)
    {
        _process = process;
        (Rest, Grpc) = (new Uri(ready.GetProperty("http").GetString()!), new Uri(ready.GetProperty("grpc").GetString()!));
    }

    public Uri Rest { get; }

    public Uri Grpc { get; }

    public Uri At(string transport) => transport == "grpc" ? Grpc : Rest;

    /// <summary>Serves a bundle's models of tiers, and those of their stretches.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="tiers">The tiers.</param>
    /// <param name="stretches">Whether the stretches' models are there.</param>
    /// <param name="version">The version of all; null: there are none.</param>
    /// <param name="binary">Whether it has the binary extension.</param>
    /// <param name="instead">Files in the place of others, by the models' names.</param>
    public static async Task<ForeignServer> StartAsync(
        Bundle bundle, string[] tiers, bool stretches = true, string? version = null, bool binary = true,
        IReadOnlyDictionary<string, string>? instead = null)
    {
        var script = await NodeEnvironment.RequireServerAsync();
        var models = tiers.ToDictionary(tier => $"dimec_{tier}", tier => Path.Combine(bundle.Folder, bundle.Tier(tier).Model));
        foreach (var stretch in bundle.Manifest.Stretches.Where(stretch => stretches && stretch.Tiers.Intersect(tiers).Any()))
            models[$"dimec_{stretch.Layers.From}_{stretch.Layers.To}"] = Path.Combine(bundle.Folder, stretch.Model);
        foreach (var (name, file) in instead ?? new Dictionary<string, string>())
            models[name] = file;
        var start = new ProcessStartInfo("node")
        {
            ArgumentList =
            {
                script, JsonSerializer.Serialize(new { models, version = version ?? "", versioned = version is not null, binary }),
            },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        // Read on, so that it is never waited for.
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.True(line is not null, line is null ? await errors : "");
        using var ready = JsonDocument.Parse(line!);
        return new ForeignServer(process, ready.RootElement);
    }

    /// <summary>How it lies from now on: <c>shape</c>, <c>nan</c>, <c>fail</c>, <c>forget</c>, or <c>none</c>.</summary>
    public async Task LieAsync(string lie)
    {
        await _process.StandardInput.WriteLineAsync(lie);
        await _process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        Assert.NotNull(await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}

using System.Diagnostics;
using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;

namespace Dimec.Serving.Bench;

/// <summary>Asks a tier for single texts over gRPC, from several connections, and keeps the times of the answers.</summary>
internal sealed class Generator : IDisposable
{
    private readonly OpenInferenceClient[] _clients;
    private readonly InferRequest[] _requests = [.. TextLengths.Texts(1000).Select(ids => Request([ids]))];

    public Generator(Uri tier, int connections) =>
        _clients = [.. Enumerable.Range(0, connections).Select(_ => new OpenInferenceClient(tier))];

    /// <summary>A request for rows of one length.</summary>
    public static InferRequest Request(long[][] rows)
    {
        long[] shape = [rows.Length, rows[0].Length];
        var (ids, mask) = (rows.SelectMany(row => row).ToArray(), new long[rows.Length * rows[0].Length]);
        Array.Fill(mask, 1);
        return new InferRequest(
            "dimec_edge", [Tensor.From<long>("input_ids", shape, ids), Tensor.From<long>("attention_mask", shape, mask)]);
    }

    /// <summary>As many requests at a time as that, each followed by the next.</summary>
    public async Task<Load> ClosedAsync(int parallel, double seconds)
    {
        var load = new Load();
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, parallel).Select(async worker =>
        {
            for (var i = worker; Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; i += parallel)
                await AskAsync(worker, i, load, Stopwatch.GetTimestamp());
        }));
        load.Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return load;
    }

    /// <summary>So many requests a second, at times that do not wait for answers (exponential gaps); a time counts from when it was due.
    /// </summary>
    public async Task<Load> OpenAsync(double rate, double seconds)
    {
        var (load, random, asked) = (new Load(), new Random(2), new List<Task>());
        var start = Stopwatch.GetTimestamp();
        for (var due = 0.0; due < seconds; due += -Math.Log(1 - random.NextDouble()) / rate)
        {
            while (Stopwatch.GetElapsedTime(start).TotalSeconds is var now && now < due)
            {
                if (due - now > 0.002)
                    await Task.Delay(1);
                else
                    await Task.Yield();
            }

            asked.Add(AskAsync(asked.Count, asked.Count, load, start + (long)(due * Stopwatch.Frequency)));
        }

        await Task.WhenAll(asked);
        load.Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return load;
    }

    public void Dispose()
    {
        foreach (var client in _clients)
            client.Dispose();
    }

    private async Task AskAsync(int connection, int request, Load load, long since)
    {
        var result = await _clients[connection % _clients.Length].InferAsync(_requests[request % _requests.Length]);
        load.Add(result.IsSuccess, Stopwatch.GetElapsedTime(since).TotalMilliseconds);
    }
}

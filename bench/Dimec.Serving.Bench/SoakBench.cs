using Dimec.OpenInference;

namespace Dimec.Serving.Bench;

/// <summary>Requests of all kinds and sizes, right and wrong, over both transports: whether the tier's memory stays where it is.</summary>
internal static class SoakBench
{
    private const int Parallel = 16;

    public static async Task RunAsync(int requests)
    {
        BenchServer.LeaveFirstCore();
        using var scratch = new Scratch();
        ServingBundle.Write(ServingBundle.MiniLm, [1, 2, 6], scratch.Bundle);
        using var server = BenchServer.Start(scratch.Bundle);
        OpenInferenceClient[] clients = [new(server.Grpc), new(server.Http), new(server.Grpc), new(server.Http)];
        Console.WriteLine($"{"requests",9} {"refused",8} {"MB",6}");
        var (done, refused) = (0, 0);
        for (var tenth = 0; tenth < 10; tenth++)
        {
            await Task.WhenAll(Enumerable.Range(0, Parallel).Select(worker => Task.Run(async () =>
            {
                var random = new Random((tenth * Parallel) + worker);
                for (var i = 0; i < requests / 10 / Parallel; i++)
                {
                    var result = await clients[random.Next(clients.Length)].InferAsync(Made(random));
                    Interlocked.Increment(ref done);
                    if (!result.IsSuccess)
                        Interlocked.Increment(ref refused);
                }
            })));
            Console.WriteLine($"{done,9} {refused,8} {server.ResidentMegabytes,6:0}");
        }

        foreach (var client in clients)
            client.Dispose();
    }

    private static InferRequest Made(Random random)
    {
        // Mostly a text or a few; now and then a large request, one too large, and one with a word that the tokenizer does not have.
        var (rows, length) = random.Next(100) switch
        {
            0 => (random.Next(16, 129), random.Next(8, 65)),
            1 => (129, 4),
            2 => (1, random.Next(128, 513)),
            3 => (1, 513),
            _ => (random.Next(1, 4), random.Next(4, 60)),
        };
        var made = Enumerable.Range(0, rows).Select(_ => TextLengths.Text(length, random)).ToArray();
        if (random.Next(50) == 0)
            made[0][1] = 1_000_000;
        return Generator.Request(made);
    }
}

namespace Dimec.Costs.Measured;

/// <summary>A tier as it was measured.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Depth">The layers that it runs.</param>
public sealed record MeasuredTier(string Name, int Depth)
{
    /// <summary>Where it answered; null: in the process that measured.</summary>
    public string? Address { get; init; }

    /// <summary>Milliseconds until a TCP connection stood: the network's way there and back; null for one that runs here.</summary>
    public MeasuredValue? Connect { get; init; }

    /// <summary>Milliseconds of a call that asks nothing (is the server up?); null for one that runs here.</summary>
    public MeasuredValue? RoundTrip { get; init; }

    /// <summary>The batches that it ran: all layers from the text first.</summary>
    public IReadOnlyList<MeasuredRun> Runs { get; init; } = [];

    /// <summary>What was sent and not run; none where it runs here.</summary>
    public IReadOnlyList<MeasuredPayload> Payloads { get; init; } = [];

    /// <summary>Milliseconds of a batch that it runs wholly, of any length and size: between and beyond those that were measured.</summary>
    /// <param name="tokens">Tokens a sample.</param>
    /// <param name="rows">Samples in the batch.</param>
    public double Milliseconds(int tokens, int rows) => Wholes(run => run.Ms.Median).At(tokens, rows);

    /// <summary>Bytes of token ids of a batch to it, likewise.</summary>
    /// <param name="tokens">Tokens a sample.</param>
    /// <param name="rows">Samples in the batch.</param>
    public double BytesSent(int tokens, int rows) => Wholes(run => run.Sent).At(tokens, rows);

    /// <summary>Something of the batches that it ran wholly.</summary>
    internal Surface Wholes(Func<MeasuredRun, double> value) =>
        new(Runs.Where(run => (run.From, run.To) == (0, Depth)).Select(run => (run.Tokens, run.Rows, value(run))));
}

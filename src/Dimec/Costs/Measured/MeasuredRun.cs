namespace Dimec.Costs.Measured;

/// <summary>A batch that a tier ran, as its caller saw it: sent, run, answered.</summary>
/// <param name="From">The layers that had run before; 0: it began with token ids, else with hidden states.</param>
/// <param name="To">The layer of the exit that answered.</param>
/// <param name="Tokens">Tokens a sample.</param>
/// <param name="Rows">Samples in the batch.</param>
/// <param name="Ms">Milliseconds of the whole batch, from the call to its answer.</param>
/// <param name="Sent">Bytes to the tier; 0 for one that runs here.</param>
/// <param name="Received">Bytes from it.</param>
public readonly record struct MeasuredRun(int From, int To, int Tokens, int Rows, MeasuredValue Ms, long Sent, long Received);

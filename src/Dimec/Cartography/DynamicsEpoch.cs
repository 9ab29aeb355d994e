namespace Dimec.Cartography;

/// <summary>One epoch's record of training dynamics, opened when it is read.</summary>
/// <param name="Number">The epoch, from 0; its logits are under the key <c>logits_epoch_NUMBER</c>.</param>
/// <param name="Name">How errors name the file, e.g. its path.</param>
/// <param name="Open">Opens the JSON lines; the reader disposes the stream.</param>
public sealed record DynamicsEpoch(int Number, string Name, Func<Stream> Open);

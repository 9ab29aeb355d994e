namespace Dimec.Exits.Ngrams;

/// <summary>What an epoch of the training was like.</summary>
/// <param name="Epoch">The epoch, from 0.</param>
/// <param name="Epochs">How many there are.</param>
/// <param name="Loss">The mean cross-entropy of the samples' targets, each at its own step.</param>
/// <param name="Logits">
/// Each sample's logits as they were when its step was taken: training dynamics as those of the trained exits. The next epoch overwrites
/// them.
/// </param>
public sealed record NgramEpoch(int Epoch, int Epochs, double Loss, NgramLogits Logits);

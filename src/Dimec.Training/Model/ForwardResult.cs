using static TorchSharp.torch;

namespace Dimec.Training.Model;

/// <summary>A batch's answers.</summary>
/// <param name="Logits">Each exit's logits [B, classes].</param>
/// <param name="Words">The gathered rows of the word table [B·T, H], where they are trained; otherwise null.</param>
internal sealed record ForwardResult(Tensor[] Logits, Tensor? Words);

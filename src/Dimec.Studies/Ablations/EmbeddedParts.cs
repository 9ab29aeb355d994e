using Dimec.Predictions;

namespace Dimec.Studies.Ablations;

/// <summary>A run's parts with embeddings of one kind; the exits' logits are those of every other kind.</summary>
/// <param name="Training">The embeddings of the training samples.</param>
/// <param name="Selection">The part that choices are made on.</param>
/// <param name="Reported">The reported part.</param>
public sealed record EmbeddedParts(SampleEmbeddings Training, SelectionPart Selection, RecordedExits Reported);

namespace Dimec.Inference;

/// <summary>A sample that has its answer, for a record of what every exit says of it.</summary>
/// <param name="Id">What its caller calls it, which is not its text; null: nothing.</param>
/// <param name="Row">Its tokens.</param>
/// <param name="Known">What exits have said of it already, by their layers.</param>
internal sealed record AnsweredSample(string? Id, TierRow Row, IReadOnlyDictionary<int, ReadOnlyMemory<float>> Known);

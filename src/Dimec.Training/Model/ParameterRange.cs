namespace Dimec.Training.Model;

/// <summary>A connected piece of the flat buffer that is trained while the rest stays as it is.</summary>
/// <param name="Start">Its first element.</param>
/// <param name="Length">Its length, gaps for alignment included.</param>
/// <param name="HasWords">Whether it begins with the word table.</param>
/// <param name="Dense">Its other slots, in the buffer's order.</param>
internal sealed record ParameterRange(int Start, int Length, bool HasWords, IReadOnlyList<ParameterSlot> Dense);

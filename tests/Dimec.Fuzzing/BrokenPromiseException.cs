namespace Dimec.Fuzzing;

/// <summary>A parser that does not keep what it promises.</summary>
/// <param name="promise">What it did.</param>
public sealed class BrokenPromiseException(string promise) : Exception(promise);

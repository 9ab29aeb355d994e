using Dimec.Display;

namespace Dimec.Fuzzing;

/// <summary>What is said of a refused input: one sentence of a bounded length, which steers no terminal.</summary>
internal static class Sentences
{
    private const int Longest = 2600;
    private const int MostErrors = 1200;

    /// <summary>Holds all that an exception says to it.</summary>
    public static void Check(InputException wrong)
    {
        if (wrong.Errors.Count is 0 or > MostErrors)
            throw new BrokenPromiseException($"{wrong.Errors.Count} errors are said at once");
        foreach (var error in wrong.Errors)
        {
            if (error.Where.Length == 0 || error.Problem.Length == 0 || error.Fix.Length == 0)
                throw new BrokenPromiseException($"a sentence lacks a part: {error}");
            Check(error.ToString());
        }
    }

    /// <summary>Holds a sentence to it.</summary>
    public static void Check(string sentence)
    {
        if (string.IsNullOrWhiteSpace(sentence))
            throw new BrokenPromiseException("nothing is said");
        if (sentence.Length > Longest)
            throw new BrokenPromiseException($"a sentence has {sentence.Length} characters: {sentence[..200]}");
        if (!Printable.IsPlain(sentence))
            throw new BrokenPromiseException($"a sentence steers a terminal: {Printable.Field(sentence)}");
    }
}

using Dimec.Display;

namespace Dimec;

/// <summary>One thing that is wrong with what the user gave: what, where, and how to mend it.</summary>
/// <param name="Where">The file and line, the key or the option at fault, e.g. <c>dev.tsv line 17</c>.</param>
/// <param name="Problem">What is wrong, with what was found, e.g. <c>has 4 columns where the header has 3</c>.</param>
/// <param name="Fix">What to do about it, as an imperative, e.g. <c>remove the extra tab</c>.</param>
public sealed record InputError(string Where, string Problem, string Fix)
{
    /// <summary>More of a part than this is somebody's data, not a sentence.</summary>
    private const int Longest = 800;

    /// <summary>The error as one sentence, in which nothing steers a terminal, whatever it quotes.</summary>
    public override string ToString() => $"{Short(Where)}: {Short(Problem)}; {Short(Fix)}.";

    private static string Short(string part) => Printable.Line(
        part.Length <= Longest ? part : part[..(char.IsHighSurrogate(part[Longest - 1]) ? Longest - 1 : Longest)] + "…");
}

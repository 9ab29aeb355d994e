namespace Dimec.EndToEnd.Tests.Made;

/// <summary>Rows of two classes that a first layer can tell apart.</summary>
internal static class MadeData
{
    public const string Header = "text\tlabel\n";

    public static string Rows(int count) => string.Concat(Enumerable.Range(0, count).Select(i => i % 2 == 0
        ? $"rain and wind number {i} tomorrow\tweather\n"
        : $"the match number {i} ended in a draw\tsport\n"));

    /// <summary>Writes a TSV file with a header.</summary>
    public static string WriteTsv(string path, int rows = 120)
    {
        File.WriteAllText(path, Header + Rows(rows));
        return path;
    }
}

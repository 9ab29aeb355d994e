using System.Text.RegularExpressions;

namespace Dimec.Architecture.Tests.Documents;

/// <summary>The repository's files, without what builds put beside them, and the names that its code declares.</summary>
internal static partial class Sources
{
    private static readonly Lazy<IReadOnlyDictionary<string, IReadOnlyList<string>>> s_types = new(FindTypes);

    private static readonly Lazy<IReadOnlySet<string>> s_literals = new(FindLiterals);

    /// <summary>Every type of <c>src/</c> by its name, with the texts of the files that declare it.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Types => s_types.Value;

    /// <summary>Every text without a space that stands in quotes in the code of <c>src/</c>.</summary>
    public static IReadOnlySet<string> Literals => s_literals.Value;

    /// <summary>The files of a kind, below a folder of the repository.</summary>
    public static IEnumerable<string> Files(string pattern, params string[] folder) =>
        Walk(Path.Combine([Repository.Root, .. folder])).SelectMany(place => Directory.EnumerateFiles(place, pattern))
            .Order(StringComparer.Ordinal);

    /// <summary>Whether a path from the root, in which an asterisk stands for a part of a name, is a file's or a folder's.</summary>
    public static bool IsPlace(string path)
    {
        IEnumerable<string> found = [Repository.Root];
        foreach (var part in path.Split('/'))
            found = found.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFileSystemEntries(folder, part));
        return found.Any();
    }

    private static IEnumerable<string> Walk(string folder) => Directory.EnumerateDirectories(folder)
        .Where(below => Path.GetFileName(below) is not ("bin" or "obj" or "artifacts" or "TestResults" or "shared")
            && !Path.GetFileName(below).StartsWith('.'))
        .SelectMany(Walk).Prepend(folder);

    private static Dictionary<string, IReadOnlyList<string>> FindTypes() => Files("*.cs", "src").Select(File.ReadAllText)
        .SelectMany(text => Declaration().Matches(text).Select(match => (Name: match.Groups[1].Value, Text: text)))
        .GroupBy(type => type.Name).ToDictionary(group => group.Key, group => (IReadOnlyList<string>)[.. group.Select(type => type.Text)]);

    private static HashSet<string> FindLiterals() =>
        [.. Files("*.cs", "src")
            .Select(File.ReadAllText)
            .SelectMany(text => Quoted().Matches(text))
            .Select(match => match.Groups[1].Value)];

    [GeneratedRegex(
        @"^ *(?:(?:public|internal|private|protected|file|static|sealed|abstract|partial|readonly"
        + @"|ref|unsafe) )*(?:class|record struct|record class|record|struct|interface|enum) (\w+)",
        RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"""([^""\\\s]+)""")]
    private static partial Regex Quoted();
}

using System.Text.RegularExpressions;

namespace Dimec.Architecture.Tests;

/// <summary>Holds that no line of code is too long to be read beside another.</summary>
public sealed partial class LineLengthTests
{
    private const int Most = 140;

    [Fact]
    public void No_line_is_longer_than_140_characters()
    {
        string[] files = [.. new[] { "src", "tests", "bench", "samples" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(folder => folder is "bin" or "obj"))];
        Assert.NotEmpty(files);
        Assert.Empty(files.SelectMany(path => LongLines(File.ReadLines(path))
            .Select(number => $"{Path.GetRelativePath(Repository.Root, path)}:{number}")));
    }

    [Fact]
    public void What_a_raw_string_holds_is_not_counted()
    {
        var data = new string('x', Most);
        Assert.Equal([2, 7], LongLines(
        [
            $"var short = \"{data[20..]}\";",
            $"var long = \"{data}\";",
            $"var raw = \"\"\"{data}\"\"\";",
            "var rows = \"\"\"",
            data + data,
            "\"\"\";",
            $"Call(\"\"\"{data}\"\"\", \"{data}\");",
        ]));
    }

    /// <summary>The numbers of the lines that are too long, from 1. A raw string is data, and a break would be part of it.</summary>
    private static IEnumerable<int> LongLines(IEnumerable<string> lines)
    {
        var isRaw = false;
        foreach (var (i, line) in lines.Index())
        {
            var code = WholeRawString().Replace(line, "");
            if (!isRaw && code.Length > Most)
                yield return i + 1;
            if (RawStringMark().Count(code) % 2 == 1)
                isRaw = !isRaw;
        }

        if (isRaw)
            throw new InvalidOperationException("A raw string does not end: the lines were misread.");
    }

    [GeneratedRegex("\"{3,}.*?\"{3,}")]
    private static partial Regex WholeRawString();

    [GeneratedRegex("\"{3,}")]
    private static partial Regex RawStringMark();
}

using System.Text.RegularExpressions;

namespace Dimec.Architecture.Tests.Documents;

/// <summary>A page of the repository as tests read it: tables, links, code in line and in blocks.</summary>
internal sealed partial class MarkdownFile
{
    private readonly string[] _lines;

    public MarkdownFile(string path)
    {
        FullPath = Path.Combine(Repository.Root, path);
        Name = Path.GetRelativePath(Repository.Root, FullPath).Replace('\\', '/');
        Text = File.ReadAllText(FullPath);
        _lines = Text.Split('\n');
    }

    public string FullPath { get; }

    /// <summary>The path from the repository's root, with slashes.</summary>
    public string Name { get; }

    public string Text { get; }

    /// <summary>All pages but those in build outputs and in folders that are not the repository's.</summary>
    public static IEnumerable<MarkdownFile> All() => Sources.Files("*.md").Select(path => new MarkdownFile(path));

    /// <summary>The rows of the first table below a heading, without its headings.</summary>
    public IReadOnlyList<string[]> Table(string heading)
    {
        var start = Array.FindIndex(_lines, line => line.StartsWith('#') && line.TrimStart('#').Trim() == heading);
        Assert.True(start >= 0, $"{Name} has no heading '{heading}'.");
        string[][] rows =
        [
            .. _lines[(start + 1)..].SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|')).Skip(2)
                .Select(line => line.Trim().Trim('|').Split('|').Select(cell => cell.Trim()).ToArray()),
        ];
        Assert.True(rows.Length > 0, $"{Name} has no table below '{heading}'.");
        return rows;
    }

    /// <summary>What stands between single backticks, blocks of code left out.</summary>
    public IEnumerable<string> Code() => CodeIn(Block().Replace(Text, ""));

    /// <summary>What stands between single backticks in a piece of a page.</summary>
    public static string[] CodeIn(string text) => [.. InLine().Matches(text).Select(match => match.Groups[1].Value)];

    /// <summary>The blocks of code of a language.</summary>
    public IEnumerable<string> Blocks(string language) =>
        Block().Matches(Text).Where(match => match.Groups["language"].Value == language).Select(match => match.Groups["code"].Value);

    /// <summary>The targets of links and pictures that lie in the repository: the path, and the heading where one is named.</summary>
    public IEnumerable<(string Path, string Heading)> Links() =>
        Link()
            .Matches(Block().Replace(Text, ""))
            .Select(match => match.Groups[1].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal))
            .Select(target => target.Split('#')).Select(parts => (parts[0], parts.Length > 1 ? parts[1] : ""));

    /// <summary>The headings as GitHub names them in links.</summary>
    public IEnumerable<string> Anchors() =>
        Heading().Matches(Block().Replace(Text, ""))
            .Select(match => NoAnchor().Replace(match.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"(?<!`)`([^`\n]+)`(?!`)")]
    private static partial Regex InLine();

    [GeneratedRegex(@"^ *```(?<language>\w*)\n(?<code>.*?)^ *```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoAnchor();
}

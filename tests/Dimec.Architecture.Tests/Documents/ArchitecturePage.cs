namespace Dimec.Architecture.Tests.Documents;

/// <summary>
/// <c>docs/architecture.md</c>, whose tables are the rules that the tests hold: which project uses which, which packages belong to whom,
/// which folder of the core uses which, where tests lie.
/// </summary>
internal static class ArchitecturePage
{
    public static MarkdownFile Page { get; } = new("docs/architecture.md");

    /// <summary>Each project of <c>src/</c> and the projects that it references, in the order of the page.</summary>
    public static IReadOnlyDictionary<string, string[]> Projects { get; } = Table("Projects");

    /// <summary>Each package that belongs to somebody (by the start of its name), and the only projects that may name it.</summary>
    public static IReadOnlyDictionary<string, string[]> Packages { get; } = Table("Packages of others");

    /// <summary>Each folder of the core, and the only ones that it may use, in the order of the page.</summary>
    public static IReadOnlyDictionary<string, string[]> CoreFolders { get; } = Table("Folders of the core");

    /// <summary>By projects of tests, the files and folders that they have beside those that mirror the sources.</summary>
    public static IReadOnlyDictionary<string, string[]> TestsApart { get; } = Table("Tests");

    /// <summary>The sources without tests of their own, a project or a folder of one, and whose tests run them.</summary>
    public static IReadOnlyDictionary<string, string[]> TestedElsewhere { get; } = Table("Sources without tests of their own");

    /// <summary>The name in a row's first cell, and the names in its last.</summary>
    private static OrderedDictionary<string, string[]> Table(string heading)
    {
        var table = new OrderedDictionary<string, string[]>();
        foreach (var row in Page.Table(heading))
            table.Add(MarkdownFile.CodeIn(row[0]).Single(), MarkdownFile.CodeIn(row[^1]));
        return table;
    }
}

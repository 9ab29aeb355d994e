namespace Dimec.Architecture.Tests.Documents;

/// <summary>
/// Holds that the C# of the pages is compiled: each block stands, line by line, in a file of the samples or of <see cref="Snippets"/>.
/// </summary>
public sealed class SnippetTests
{
    private static readonly Lazy<string[]> s_compiled = new(() =>
    [
        .. Sources.Files("*.cs", "samples").Concat(Sources.Files("*.cs", "tests", "Dimec.Architecture.Tests", "Documents", "Snippets"))
            .Select(path => Flat(File.ReadAllText(path))),
    ]);

    public static TheoryData<string, string> Blocks
    {
        get
        {
            var blocks = new TheoryData<string, string>();
            foreach (var page in MarkdownFile.All())
            {
                foreach (var block in page.Blocks("csharp"))
                    blocks.Add(page.Name, block);
            }

            return blocks;
        }
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public void A_block_of_code_is_one_that_is_compiled(string page, string block) => Assert.True(
        s_compiled.Value.Any(code => code.Contains(Flat(block), StringComparison.Ordinal)),
        $"{page}: no compiled file has these lines:\n{block}");

    [Fact]
    public void Every_package_has_a_page_of_its_own_with_code() => Assert.All(
        Packages(),
        project => Assert.NotEmpty(new MarkdownFile($"src/{project}/README.md").Blocks(project is "Dimec.Cli" ? "sh" : "csharp")));

    /// <summary>The libraries, and the tool.</summary>
    private static IEnumerable<string> Packages() => Directory.GetDirectories(Path.Combine(Repository.Root, "src"))
        .Select(folder => Path.GetFileName(folder))
        .Where(project => !File.ReadAllText(Path.Combine(Repository.Root, "src", project, $"{project}.csproj"))
            .Contains("<IsPackable>false", StringComparison.Ordinal));

    /// <summary>The lines without what they are indented by.</summary>
    private static string Flat(string code) =>
        string.Join('\n', code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));
}

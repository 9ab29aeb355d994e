using Dimec.Text.SdkDocs;

namespace Dimec.Text.Tests.SdkDocs;

/// <summary>Packs made by hand: what becomes a text, and of which area.</summary>
public sealed class MadePackTests
{
    private const string Pack = "packs/Microsoft.NETCore.App.Ref/";

    [Theory]
    [InlineData("Reads the <see cref=\"T:System.IO.Stream\"/>.", "Reads the Stream.")]
    [InlineData(
        "A <see cref=\"T:System.Collections.Generic.Dictionary`2\" /> of "
        + "<see cref=\"M:System.IO.Stream.Read(System.Byte[],System.Int32)\"/>",
        "A Dictionary of Read")]
    [InlineData(
        "Calls <see cref=\"M:System.Uri.#ctor(System.String)\"/> or <see "
        + "cref=\"M:System.Linq.Enumerable.Select``2(System.Func{``0,``1})\"/>",
        "Calls Uri or Select")]
    [InlineData(
        "Returns <see langword=\"null\"/>, <c>0</c> or <paramref name=\"other\"/>\n     of <typeparamref name=\"T\"/>.",
        "Returns null, 0 or other of T.")]
    [InlineData("<para>First part.</para><para>Second &lt;b&gt; part.</para>", "First part. Second <b> part.")]
    [InlineData(
        "The <see cref=\"T:System.IO.Stream\">byte stream</see> of <see href=\"https://dot.net\">a page</see>",
        "The byte stream of a page")]
    public void A_summary_becomes_plain_text(string summary, string text)
    {
        using var folder = new TaskFolder();
        var file = folder.Add("a.xml", Document(("M:System.IO.File.Open(System.String)", summary)));

        Assert.Equal((Area.All.ToList().IndexOf("System.IO"), text), Assert.Single(SummaryReader.Read(file)));
    }

    [Theory]
    [InlineData("T:System.Net.Http.HttpClient", "System.Net")]
    [InlineData("T:System.IO.Pipelines.Pipe", "System.IO")]
    [InlineData("M:Microsoft.Extensions.Logging.ILogger.Log", "Microsoft.Extensions")]
    [InlineData("T:System.IOException", null)]
    [InlineData("T:System.String", null)]
    [InlineData("N:System.IO", null)]
    [InlineData("", null)]
    public void The_namespace_decides_the_area(string member, string? area) =>
        Assert.Equal(area, Area.Of(member) is var index && index >= 0 ? Area.All[index] : null);

    [Fact]
    public void The_newest_version_of_a_pack_is_read_and_named()
    {
        using var folder = new TaskFolder();
        foreach (var version in new[] { "9.0.10", "10.0.0-preview.9", "10.0.0-preview.10", "9.0.9" })
            folder.Add(Pack + version + "/ref/net/a.xml", Document(Members(version)));
        Directory.CreateDirectory(Path.Combine(folder.Path, Pack, "11.0.0"));

        var data = Load(Path.Combine(folder.Path, "nothing"), folder.Path);

        Assert.Equal([new DataSource("Microsoft.NETCore.App.Ref", "10.0.0-preview.10")], data.Sources);
        Assert.All(data.Train.Samples, s => Assert.Contains("preview.10", s.Text, StringComparison.Ordinal));
        Assert.True(PackVersion.TryParse("10.0.0")!.CompareTo(PackVersion.TryParse("10.0.0-rc.1")) > 0);
    }

    [Fact]
    public void A_broken_document_is_named_with_its_line()
    {
        using var folder = new TaskFolder();
        var file = folder.Add(Pack + "9.0.0/ref/net9.0/a.xml", "<doc><members>\n<member name=\"T:System.IO.A\"><summary>x</member>");

        Assert.Equal(
            $"{file} line 2: is not valid XML; repair or reinstall the .NET SDK.",
            Assert.Throws<InputException>(() => Load(folder.Path)).Message);
    }

    private static TaskData Load(params string[] roots) =>
        SdkDocsTask.Load(roots, new ReaderOptions(), TestContext.Current.CancellationToken);

    private static (string, string)[] Members(string words = "") =>
        [.. Area.All.SelectMany(a => Enumerable.Range(0, 8).Select(i => ($"T:{a}.Type{i}", $"Text number {i} of {a} {words}")))];

    private static string Document(params (string Name, string Summary)[] members) =>
        "<?xml version=\"1.0\"?><doc><assembly><name>A</name></assembly><members>"
        + string.Concat(members.Select(m =>
            $"<member name=\"{m.Name}\">\n  <param name=\"p\">unread</param><summary>\n"
            + $" {m.Summary}\n</summary><returns>unread</returns></member>"))
        + "</members></doc>";
}

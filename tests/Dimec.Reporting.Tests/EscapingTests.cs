using System.Xml.Linq;
using CsCheck;

namespace Dimec.Reporting.Tests;

public class EscapingTests
{
    private const string Hostile = "</pre></title></style><script>alert(1)</script>\"'&\0\u0001\uFFFF<img src=x onerror=alert(2)>";

    [Fact]
    public void Text_from_data_stays_text_wherever_it_is_shown()
    {
        var made = MadeReport.Of(Hostile, Hostile);
        var frontier = MadeFrontier.Of();
        var hostile = made with
        {
            Title = Hostile,
            Task = made.Task with { Name = Hostile, Backbone = Hostile, Description = Hostile },
            Provenance = new Provenance([Hostile], [new(Hostile, Hostile)], [new(Hostile, Hostile)], [new(Hostile, 1, Hostile)]),
            Plan = MadeReport.Plan("pools") with { Notes = [Hostile] },
            Evaluations = [new(Hostile, MadeReport.Evaluation(), frontier with
            {
                Series = [.. frontier.Series, new(Hostile, FrontierKind.Baseline, [MadeFrontier.Point(Hostile, 0.3, 0)])],
            })],
        };
        var page = HtmlPage.Parse(HtmlPage.Write(hostile));
        Assert.Single(page.All("script"));
        Assert.Empty(page.All("img"));
        Assert.Single(page.All("style"));
        Assert.DoesNotContain(page.DescendantsAndSelf().Attributes(), a => a.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.Contains("<script>alert(1)</script>", page.All("h1").Single().Value, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", HtmlPage.Write(hostile), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_gives_a_page_that_parses() =>
        Gen.String.Sample(
            text =>
            {
                var made = MadeReport.Of(text, text) with { DataMap = null, Title = text };
                HtmlPage.Parse(HtmlPage.Write(made with { Evaluations = [new(text, MadeReport.Evaluation())] }));
            },
            iter: 100);

    [Theory]
    [InlineData("plain ≤ text", "plain ≤ text")]
    [InlineData("a\0b", "a\uFFFDb")]
    [InlineData("\ud83d\ude00", "\ud83d\ude00")]
    [InlineData("\uFFFE", "\uFFFD")]
    public void What_xml_cannot_hold_is_replaced(string text, string expected) => Assert.Equal(expected, XmlText.Clean(text));

    [Fact]
    public void Half_a_surrogate_pair_is_replaced() => Assert.Equal("half \uFFFD", XmlText.Clean("half \ud83d"));
}

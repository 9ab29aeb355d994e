using System.Text.RegularExpressions;
using System.Xml.Linq;
using Dimec.Costs;

namespace Dimec.Reporting.Tests.Studies;

public partial class StudyReportTests
{
    private static readonly StudyInputs s_inputs = MadeStudy.Of();

    private static readonly XElement s_page = StudyPages.Page(s_inputs);

    [Fact]
    public void The_same_inputs_give_the_same_bytes() => Assert.Equal(StudyPages.Text(s_inputs), StudyPages.Text(s_inputs));

    [Fact]
    public void Nothing_in_it_names_another_place()
    {
        foreach (var attribute in s_page
            .DescendantsAndSelf()
            .Attributes()
            .Where(a => a.Name.LocalName is "src" or "href" or "srcset" or "action" or "data"))
        {
            Assert.Matches("^(#|data:)", attribute.Value);
        }

        Assert.StartsWith(
            "default-src 'none'",
            (string?)s_page.All("meta").Single(m => (string?)m.Attribute("http-equiv") == "Content-Security-Policy").Attribute("content"));
        Assert.All(Scheme().Matches(StudyPages.Text(s_inputs)), match => Assert.StartsWith("http://www.w3.org/2000/svg", match.Value));
    }

    [Fact]
    public void The_contents_lead_to_places_that_there_are_and_each_place_is_one()
    {
        var ids = s_page.DescendantsAndSelf().Attributes("id").Select(a => a.Value).ToList();
        Assert.Equal(ids.Distinct(), ids);
        var links = s_page.All("nav").Single().All("a").Select(a => ((string)a.Attribute("href")!)[1..]).ToList();
        Assert.Contains("task-2-depths-2", links);
        Assert.All(links, link => Assert.Contains(link, ids));
    }

    [Fact]
    public void Headings_descend_a_level_at_a_time()
    {
        var levels = s_page
            .Descendants()
            .Select(e => Heading().Match(e.Name.LocalName))
            .Where(m => m.Success)
            .Select(m => m.Groups[1].Value[0] - '0')
            .ToList();
        Assert.Equal(1, levels[0]);
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1));
    }

    [Fact]
    public void Tables_have_a_cell_a_column_and_say_what_they_are()
    {
        Assert.All(s_page.All("table"), table =>
        {
            Assert.NotEmpty(table.All("caption").Single().Value);
            var columns = table.All("thead").Single().All("th").Count();
            Assert.All(table.All("tbody").Single().All("tr"), row => Assert.Equal(columns, row.Elements().Count()));
        });
        Assert.All(s_page.All("svg"), svg => Assert.True(((string?)svg.Attribute("aria-label"))?.Length > 40));
    }

    [Fact]
    public void Every_plot_has_its_data_below_it_in_a_file_of_its_own()
    {
        var files = s_page.All("pre").Where(p => p.HasClass("csv")).Select(p => (string)p.Attribute("data-file")!).ToList();
        Assert.Equal(s_page.All("figure").Count(), files.Count);
        Assert.Equal(files.Distinct(), files);
        Assert.Contains("2-mrpc-1-3-6-sweep.csv", files);
        Assert.All(s_page.All("pre").Where(p => p.HasClass("csv")), csv =>
        {
            var rows = csv.Value.TrimEnd().Split('\n');
            Assert.All(rows, row => Assert.Equal(rows[0].Count(sign => sign == ','), row.Count(sign => sign == ',')));
        });
    }

    [Fact]
    public void The_sweeps_data_has_every_structure_of_every_seed()
    {
        var csv = s_page.All("pre").Single(p => (string?)p.Attribute("data-file") == "1-rte-2-4-6-sweep.csv").Value.TrimEnd().Split('\n');
        Assert.Equal(1 + (3 * 8), csv.Length);
        Assert.Equal(
            "lambda_mobile,lambda_edge,lambda_cloud,o_mobile,o_edge,o_cloud,seed_place,winner,reduction,drop,pools_reduction,pools_drop",
            csv[0]);
    }

    [Fact]
    public void Every_policy_has_the_figures_of_the_seeds_document()
    {
        var depths = s_inputs.Tasks[0].Depths[0];
        var table = s_page.All("table").First(t => t.All("th").First().Value.StartsWith("Policy planned", StringComparison.Ordinal));
        Assert.Contains("dev, n = 120, 3 seeds", HtmlPage.TextOf(table.All("caption").Single()), StringComparison.Ordinal);
        foreach (var (policy, cells) in depths.Seeds.Policies.Zip(
            table.All("tbody").Single().All("tr"), (p, r) => (p, r.Elements().ToList())))
        {
            Assert.Equal(policy.Reduction.Mean, (double)cells[1].Attribute("data-value")!);
            Assert.Equal(
                Formatting.Percent(policy.Reduction.Mean, policy.Reduction.Interval.Lower, policy.Reduction.Interval.Upper),
                cells[1].Value);
            if (policy.Policy != "cloud")
                Assert.Equal(Formatting.Points(policy.Drop.Mean, policy.Drop.Interval.Lower, policy.Drop.Interval.Upper), cells[2].Value);
            if (policy.Policy != "stacked-cloud")
            {
                Assert.Equal(
                    Formatting.Points(policy.StackedDrop!.Mean, policy.StackedDrop.Interval.Lower, policy.StackedDrop.Interval.Upper),
                    cells[3].Value);
            }

            Assert.Equal(
                Formatting.Percent(policy.Accuracy.Mean, policy.Accuracy.Interval.Lower, policy.Accuracy.Interval.Upper), cells[6].Value);
            Assert.Equal(policy.Metrics["f1"], (double)cells[7].Attribute("data-value")!);
        }
    }

    [Fact]
    public void Markdown_has_the_tables_of_the_page_cell_by_cell()
    {
        var markdown = StudyPages.Tables(StudyPages.Markdown(s_inputs));
        var tables = s_page.All("table").ToList();
        Assert.Equal(tables.Count, markdown.Count);
        foreach (var (table, rows) in tables.Zip(markdown))
        {
            Assert.Equal(table.All("thead").Single().All("th").Select(HtmlPage.TextOf), rows[0]);
            var body = table.All("tbody").Single().All("tr").ToList();
            Assert.Equal(body.Count, rows.Count - 1);
            foreach (var (cells, row) in body.Zip(rows.Skip(1), (tr, row) => (tr.Elements().ToList(), row)))
            {
                Assert.Equal(cells.Count, row.Length);
                // Shares are a bar on the page, and words where there is none.
                foreach (var (cell, text) in cells.Zip(row).Where(pair => !pair.First.All("span").Any(span => span.HasClass("bar"))))
                    Assert.Equal(HtmlPage.TextOf(cell), text.Replace('\u00a0', ' '));
            }
        }
    }

    [Theory]
    [InlineData(1, new[] { 2, 6 }, 2)]
    [InlineData(2, new[] { 2, 4, 6 }, 15)]
    [InlineData(2, new[] { 1, 2, 3, 4, 6 }, 3)]
    public void Any_number_of_seeds_tiers_and_classes_makes_a_page_and_tables(int seeds, int[] layers, int classes)
    {
        var inputs = MadeStudy.Of(MadeStudy.Task("t", MadeStudy.Depths(seeds, layers, classes)));
        Assert.Equal(StudyPages.Page(inputs).All("table").Count(), StudyPages.Tables(StudyPages.Markdown(inputs)).Count);
        Assert.Contains(StudyPages.Page(inputs).All("li").Select(HtmlPage.TextOf), text =>
            text.Contains($"{Formatting.Percent((120 + classes - 1) / classes / 120.0)}", StringComparison.Ordinal));
    }

    [Fact]
    public void Promises_of_all_seeds_are_counted_together()
    {
        var section = s_page.All("section").First(one => (string?)one.Attribute("id") == "task-1");
        var table = section.All("table").First(t => HtmlPage.TextOf(t.All("th").First()) == "Policy counted");
        Assert.Equal(
            ["Policy counted", "Plans", "Broken n = 367", "Found, saved n = 367", "Broken n = 10,000", "Found, saved n = 10,000",
                "Without it saved, loses", "Best saved"],
            table.All("thead").Single().All("th").Select(HtmlPage.TextOf));
        var rows = table.All("tbody").Single().All("tr").ToList();
        // The cloud has nothing cheaper to test.
        Assert.Equal(
            ["any lost, exact", "any paired, betting", "ladder lost, exact", "ladder paired, betting"],
            rows.Select(row => HtmlPage.TextOf(row.Elements().First())));
        // Seeds 0, 1 and 2 broke 3, 4 and 5 of 1,000; scipy.stats.binomtest(12, 3000) says [0.207 %, 0.698 %].
        Assert.Equal(
            ["any lost, exact", "13 12 … 14", "0.4 % [0.2, 0.7]", "90.4 % 50.0 %", "0.4 % [0.2, 0.7]", "90.4 % 50.0 %", "66.0 % 1.23 %",
                "70.0 %"],
            rows[0].Elements().Select(cell => HtmlPage.TextOf(cell)));
        var verdict = section.All("p").Select(HtmlPage.TextOf).First(text => text.StartsWith("Of 64 cases", StringComparison.Ordinal));
        Assert.Contains("0 are shown to break their promise oftener than 5 %", verdict, StringComparison.Ordinal);
        Assert.Contains(
            "Most often it is broken by ladder (lost, fixed-sequence, exact): 0.7 % [0.4, 1.1]", verdict, StringComparison.Ordinal);
        Assert.Contains("pools: The run <holds> no dynamics.", section.All("li").Select(HtmlPage.TextOf));
    }

    [Fact]
    public void Known_losses_are_shown_by_how_many_plans_there_are()
    {
        var section = s_page.All("section").Single(one => (string?)one.Attribute("id") == "made-promises");
        var table = section.All("table").Last();
        Assert.Equal(
            ["Procedure counted, bound", "Found 1 plan", "Broken 1 plan", "Found 25 plans", "Broken 25 plans"],
            table.All("thead").Single().All("th").Select(HtmlPage.TextOf));
        Assert.Equal(2 * 2 * 4, table.All("tbody").Single().All("tr").Count());
        Assert.Equal(
            ["fixed-sequence lost, exact", "90.1 %", "0.1 % [0.0, 0.6]", "92.5 %", "2.5 % [1.6, 3.7]"],
            table.All("tbody").Single().All("tr").First().Elements().Select(HtmlPage.TextOf));
    }

    [Fact]
    public void What_was_not_measured_leaves_its_place_out()
    {
        var bare = MadeStudy.Task("t", MadeStudy.Depths(1, [2, 4, 6], sweeps: false, bare: true)) with
        {
            DataMap = null,
            Warnings = [],
            Parts = [],
        };
        var text = StudyPages.Page(MadeStudy.Of(bare)).All("h4").Select(HtmlPage.TextOf);
        Assert.Equal(["Every policy", "Both ways of choosing"], text);
    }

    [Fact]
    public void Names_with_signs_of_markup_stay_names()
    {
        const string name = "<b>|&*_`[x](y)\n# h";
        var costs = new CostStructure(
            "layers", [new TierCost("<m|&", 2, 1, 0), new TierCost("e\\|*", 4, 1, 1), new TierCost("c>", 6, 1, 3)], []);
        var inputs = MadeStudy.Of(MadeStudy.Task(name, MadeStudy.Depths(2, [], costs: costs)));
        var page = StudyPages.Page(inputs);
        Assert.Empty(page.All("b"));
        Assert.Equal(name, page.All("section").ElementAt(1).All("h2").Single().Value);
        var tables = StudyPages.Tables(StudyPages.Markdown(inputs));
        Assert.All(tables, rows => Assert.All(rows, row => Assert.Equal(rows[0].Length, row.Length)));
        Assert.Contains(tables.SelectMany(rows => rows), row => row[0].StartsWith("e\\|* only", StringComparison.Ordinal));
        Assert.DoesNotContain("\n# h", StudyPages.Markdown(inputs), StringComparison.Ordinal);
    }

    [Fact]
    public void Inputs_that_do_not_fit_each_other_are_refused()
    {
        var task = s_inputs.Tasks[0];
        Assert.Throws<ArgumentException>(() => StudyPages.Text(s_inputs with { Tasks = [] }));
        Assert.Throws<ArgumentException>(() => StudyPages.Text(s_inputs with { Tasks = [task with { Seeds = [1] }] }));
        Assert.Throws<ArgumentException>(() => StudyPages.Text(s_inputs with { Tasks = [task with { Depths = [] }] }));
        Assert.Throws<ArgumentException>(() => StudyPages.Markdown(
            s_inputs with { Tasks = [task with { Depths = [task.Depths[0] with { Sweeps = [task.Depths[0].Sweeps[0]] }] }] }));
    }

    [GeneratedRegex(@"(https?|wss?|ftp)://[^\s""'<]+")]
    private static partial Regex Scheme();

    [GeneratedRegex("^h([1-6])$")]
    private static partial Regex Heading();
}

using System.Text.RegularExpressions;
using System.Xml.Linq;
using Dimec.Costs;
using Dimec.Evaluation;
using Dimec.Evaluation.Parts;
using Dimec.Planning.Promises;
using Dimec.Predictions;
using Dimec.Statistics;

namespace Dimec.Reporting.Tests;

public partial class HtmlReportTests
{
    private static readonly XElement s_page = HtmlPage.Parse(HtmlPage.Write());

    [Fact]
    public void The_same_inputs_give_the_same_bytes() => Assert.Equal(HtmlPage.Write(), HtmlPage.Write());

    [Fact]
    public void Nothing_in_it_names_another_place()
    {
        var page = HtmlPage.Write();
        foreach (var attribute in s_page
            .DescendantsAndSelf()
            .Attributes()
            .Where(a => a.Name.LocalName is "src" or "href" or "srcset" or "action" or "data"))
        {
            Assert.Matches("^(#|data:)", attribute.Value);
        }

        Assert.All(UrlFunction().Matches(page), match => Assert.StartsWith("url(data:", match.Value));
        Assert.DoesNotContain("@import", page, StringComparison.Ordinal);
        var outside = Scheme()
            .Matches(page)
            .Select(m => m.Value)
            .Where(url => !url.StartsWith("http://www.w3.org/2000/svg", StringComparison.Ordinal));
        Assert.Empty(outside);
        Assert.StartsWith(
            "default-src 'none'",
            (string?)s_page.All("meta").Single(m => (string?)m.Attribute("http-equiv") == "Content-Security-Policy").Attribute("content"));
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
        Assert.Single(levels, 1);
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1));
    }

    [Fact]
    public void Tables_and_pictures_say_what_they_are()
    {
        Assert.All(s_page.All("th"), th => Assert.True((string?)th.Attribute("scope") is "col" or "row"));
        Assert.All(s_page.All("table"), table => Assert.NotEmpty(table.All("caption").Single().Value));
        Assert.All(s_page.All("table"), table =>
        {
            var columns = table.All("thead").Single().All("th").Count();
            Assert.All(table.All("tbody").Single().All("tr"), row => Assert.Equal(columns, row.Elements().Count()));
        });
        Assert.All(s_page.All("svg"), svg => Assert.True(((string?)svg.Attribute("aria-label"))?.Length > 40));
        Assert.All(s_page.Descendants().Where(e => (string?)e.Attribute("role") == "img"), e =>
            Assert.NotEmpty((string)e.Attribute("aria-label")!));
        var ids = s_page.DescendantsAndSelf().Attributes("id").Select(a => a.Value).ToList();
        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public void What_is_to_be_said_of_the_reported_part_stands_before_its_figures()
    {
        var inputs = MadeReport.Of();
        var evaluation = inputs.Evaluations[0] with
        {
            Document = inputs.Evaluations[0].Document with { Notes = ["The samples <were> trained on."] },
        };
        var section = HtmlPage.Parse(HtmlPage.Write(inputs with { Evaluations = [evaluation, .. inputs.Evaluations.Skip(1)] }))
            .All("section")
            .Single(part => (string?)part.Attribute("id") == "result-1");
        var text = HtmlPage.TextOf(section);
        Assert.InRange(
            text.IndexOf("Warning: The samples <were> trained on.", StringComparison.Ordinal), 0,
            text.IndexOf("all policies on the same samples", StringComparison.Ordinal));
        Assert.DoesNotContain("Warning:", HtmlPage.TextOf(s_page), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_training_warned_of_stands_with_its_exits()
    {
        Assert.DoesNotContain("Noted when the training ended", HtmlPage.Write(), StringComparison.Ordinal);
        var inputs = MadeReport.Of();
        var page = HtmlPage.Write(
            inputs with { Training = inputs.Training! with { Warnings = ["Exit 2 answers all alike.", "No exit beats <the majority>."] } });
        var note = HtmlPage.Parse(page)
            .All("div")
            .Single(div => div.HasClass("note")
                && HtmlPage.TextOf(div).Contains("Noted when the training ended", StringComparison.Ordinal));
        Assert.Equal(["Exit 2 answers all alike.", "No exit beats <the majority>."], note.All("li").Select(HtmlPage.TextOf));
    }

    [Fact]
    public void A_map_without_pools_says_why_where_the_plan_has_some()
    {
        const string Reason =
            "The plan cuts its pools by each tier's own exit, so that they are no regions of this map, which is exit 6's.";
        Assert.DoesNotContain("own exit", HtmlPage.Write(), StringComparison.Ordinal);
        var inputs = MadeReport.Of();
        var page = HtmlPage.Parse(
            HtmlPage.Write(inputs with { DataMap = inputs.DataMap! with { Thresholds = null, HasOwnExitPools = true, Exit = 6 } }));
        Assert.Contains(page.All("figcaption").Select(HtmlPage.TextOf), caption => caption.EndsWith(Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_policy_has_its_figures_at_every_cost_structure()
    {
        var inputs = MadeReport.Of();
        var tables = s_page.All("table").Where(t => t.HasClass("sortable") && HtmlPage.TextOf(t.All("th").First()) == "Policy").ToList();
        Assert.Equal(inputs.Evaluations.Count, tables.Count);
        foreach (var (evaluation, table) in inputs.Evaluations.Zip(tables))
        {
            Assert.Contains($"n = {evaluation.Document.N}", HtmlPage.TextOf(table.All("caption").Single()), StringComparison.Ordinal);
            foreach (var (policy, row) in evaluation.Document.Policies.Zip(
                table.All("tbody").Single().All("tr"), (p, r) => (p, r.Elements().ToList())))
            {
                Assert.StartsWith(policy.Name, HtmlPage.TextOf(row[0]), StringComparison.Ordinal);
                Assert.Equal(policy.Reduction, (double)row[1].Attribute("data-value")!);
                Assert.Equal($"{Formatting.Percent(policy.Reduction)} {Formatting.Cost(policy.Cost, "")}", row[1].Value);
                Assert.Equal(policy.Drop, (double)row[2].Attribute("data-value")!);
                Assert.Equal(
                    policy.Name == "cloud" ? "–" : Formatting.Points(policy.Drop, policy.DropInterval.Lower, policy.DropInterval.Upper),
                    row[2].Value);
                Assert.Contains(
                    $"edge {Formatting.Percent(policy.Shares["edge"])}", (string)row[3].All("span").First().Attribute("aria-label")!,
                    StringComparison.Ordinal);
                Assert.Equal(
                    Formatting.Percent(policy.Accuracy, policy.AccuracyInterval.Lower, policy.AccuracyInterval.Upper), row[4].Value);
                Assert.Equal(policy.Metrics["f1"], (double)row[5].Attribute("data-value")!);
            }
        }
    }

    [Fact]
    public void The_data_of_each_plot_stands_below_it()
    {
        var csv = s_page.All("pre").Where(p => p.HasClass("csv")).ToList();
        Assert.Equal(["frontier-1.csv", "frontier-2.csv", "data-map.csv"], csv.Select(p => (string)p.Attribute("data-file")!));
        var frontier = MadeFrontier.Of();
        var rows = csv[0].Value.TrimEnd().Split('\n');
        Assert.Equal(1 + frontier.Series.Sum(s => s.Points.Count), rows.Length);
        Assert.Equal(
            $"edge,{frontier.Series[2].Points[1].Reduction}",
            string.Join(',', rows.Single(r => r.Contains("edge", StringComparison.Ordinal)).Split(',').Where((_, i) => i is 2 or 5)));
        Assert.Equal(4001, csv[2].Value.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public void Degenerate_plans_promises_and_notes_are_named()
    {
        var inputs = MadeReport.Of();
        var plan = MadeReport.Plan("pools") with
        {
            Notes = ["The mobile's pool is empty."],
            Promise = new(
                0.95, 900, [new PromisedClaim(PromiseLoss.Lost, 0.005, 0.0048, "exact", PromiseScope.All) { Lost = 1 }])
            {
                Reference = "stacked-cloud",
            },
        };
        var page = HtmlPage.Parse(HtmlPage.Write(
            inputs with { Plan = plan, Evaluations = [new("default", MadeReport.Evaluation(null, ("pools", [0, 0.97, 0.03], 0)))] }));
        var text = HtmlPage.TextOf(page);
        Assert.Contains("No gain: the pools plan is degenerate", text, StringComparison.Ordinal);
        Assert.Contains("degenerate: edge", text, StringComparison.Ordinal);
        Assert.Contains("The mobile's pool is empty.", text, StringComparison.Ordinal);
        Assert.Contains(
            "Promised with 95.0 % confidence: at most 0.5 points below stacked-cloud (loses what the reference has right in 1 of 900, "
            + "bound 0.48 %, exact).", text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_promise_says_what_it_costs_and_what_would_attain_the_next()
    {
        var inputs = MadeReport.Of();
        var plan = MadeReport.Plan("pools") with
        {
            Promise = new(0.95, 700, [new PromisedClaim(PromiseLoss.Lost, 0.005, 0.0043, "exact", PromiseScope.All) { Lost = 0 }])
            {
                Reference = "cloud",
                Next = new NextPlan("ladder", 3.5, 1900, 0.0061),
            },
        };
        var unpromised = inputs.Evaluations[0].Document.Policies.Single(row => row.Name == "edge");
        string[] Sentences(ReportInputs shown) => [.. HtmlPage.Parse(HtmlPage.Write(shown)).All("div")
            .Single(div => div.HasClass("promise")).All("p").Select(HtmlPage.TextOf)];
        // Pools cost 0.31 · 2 + 0.62 · 5 + 0.07 · 9 = 4.35 of the cloud's 9 and the edge 5.
        Assert.Equal(
            [
                "Promised with 95.0 % confidence: at most 0.5 points below cloud (loses what the reference has right in 0 of 700, bound "
                + "0.43 %, exact).",
                "With the promise 4.35 layers a sample on dev, n = 872: 7.2 % of what cloud costs less than without it. The cheapest plan "
                + "that keeps 0.50 points on the selection part alone, edge, costs 5.00 layers and drops −0.1 [−0.6, 0.5] points on dev.",
                "Half of that, 0.25 points, would take about 1,197 samples like these to be shown of this plan, 497 more than there are.",
                "The next cheaper plan, ladder at 3.5 layers a sample, would take about 1,900 samples like these, 1,200 more than there "
                + "are; of it these show 0.61 %.",
            ],
            Sentences(inputs with { Plan = plan, Unpromised = unpromised }));
        Assert.Equal(3, Sentences(inputs with { Plan = plan }).Length);
        var same = inputs.Evaluations[0].Document.Policies.Single(row => row.Name == "pools");
        Assert.Contains("as much as without it", Sentences(inputs with { Plan = plan, Unpromised = same })[1], StringComparison.Ordinal);
        Assert.DoesNotContain(s_page.All("div"), div => div.HasClass("promise"));
    }

    [Fact]
    public void Exits_as_exported_stand_beside_those_that_were_trained()
    {
        Assert.DoesNotContain("Exits as exported", HtmlPage.TextOf(s_page), StringComparison.Ordinal);
        var exported = new ExportedSummary(
            new ExportedExits(ModelPrecision.Int8, "0123456789abcdef", ProcessorKind.X64Vnni), "dev", 872,
            [new ExportedExit(2, 0.8486, 0.8475, new Estimate(-0.0011, new Interval(-0.0079, 0.0056)), 0.9897)]);
        var page = HtmlPage.Parse(HtmlPage.Write(MadeReport.Of() with { Exported = exported }));
        Assert.Contains("Exits as exported in int8", page.All("h3").Select(HtmlPage.TextOf));
        var table = page.All("table").Single(t => HtmlPage.TextOf(t.All("caption").Single())
            .Contains("as bundle 0123456789ab has them in int8, recorded on x64-vnni", StringComparison.Ordinal));
        Assert.Equal(
            ["layer 2", "84.9 %", "84.8 %", "−0.1 [−0.8, 0.6]", "99.0 %"],
            table.All("tbody").Single().All("tr").Single().Elements().Select(HtmlPage.TextOf));
    }

    [Fact]
    public void Measured_costs_stand_beside_what_would_have_been_assumed_and_units_are_not_mixed()
    {
        var costs = new CostStructure("ms", [new("mobile", 2, 1, 0), new("edge", 4, 2, 4), new("cloud", 6, 0.5, 14) { Call = 3 }], [])
        {
            Origin = new CostOrigin
            {
                Date = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero),
                Machine = "a <phone>",
                Measurement = new string('c', 64),
                Rows = 1,
                Tokens = 24.4,
                Intervals = new Dictionary<string, Interval> { ["edge"] = new(10, 15) },
                Assumed = ["2 W while computing."],
            },
        };
        var page = HtmlPage.Parse(HtmlPage.Write(MadeReport.Of() with { Evaluations = [new("measured", MadeReport.Evaluation(costs))] }));
        Assert.Contains(
            "Measured on 2026-03-04 on a <phone>, 1 at a time, 24 tokens a sample on average (measurement cccccccccccc).",
            page.All("p").Select(HtmlPage.TextOf));
        var table = page.All("table").Single(t => HtmlPage.TextOf(t.All("caption").Single())
            .StartsWith("The same tiers by layers alone", StringComparison.Ordinal));
        // 2, 5 and 9 layers; 2, 12 and 0.5 · 6 + 3 + 14 = 20 ms.
        Assert.Equal(
            ["mobile 22.2 % 10.0 % –", "edge 55.6 % 60.0 % [50.0, 75.0]", "cloud 100.0 % 100.0 % –"],
            table.All("tbody").Single().All("tr").Select(row => string.Join(' ', row.Elements().Select(HtmlPage.TextOf))));
        Assert.Contains("Costs in ms; a sample costs λ · d + c + o", page.All("caption").Select(HtmlPage.TextOf));
        Assert.Contains(page.All("tr"), row => string.Join(' ', row.Elements().Select(HtmlPage.TextOf))
            == "cloud 6 0.50 3.00 14.0 20.0 100.0 %");
        Assert.Contains("2 W while computing.", page.All("li").Select(HtmlPage.TextOf));
        // Where nothing was measured nothing stands beside it.
        Assert.DoesNotContain("by layers alone", HtmlPage.TextOf(s_page), StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_that_is_not_possible_is_named_with_its_reason()
    {
        const string reason = "No point of cascade keeps the drop at or below 0.5 points: the smallest is 1.2 points.";
        var made = MadeReport.Of().Evaluations[0];
        var evaluation = made with { Document = made.Document with { NotPossible = [new("cascade", reason)] } };
        var notes = HtmlPage.Parse(HtmlPage.Write(MadeReport.Of() with { Evaluations = [evaluation] })).All("li").Select(HtmlPage.TextOf);
        Assert.Contains($"cascade: {reason}", notes);
        Assert.DoesNotContain(s_page.All("p"), p => p.Value.StartsWith("Not possible", StringComparison.Ordinal));
    }

    [Fact]
    public void The_plan_is_marked_where_it_was_chosen_and_as_planned_anew_elsewhere()
    {
        var tags = s_page
            .All("table")
            .Where(t => t.HasClass("sortable"))
            .Take(2)
            .Select(t => t.All("tr").Single(r => r.HasClass("chosen")).All("span").First().Value);
        Assert.Equal(["plan", "planned anew"], tags);
    }

    [Fact]
    public void Parameters_read_as_words_and_numbers()
    {
        var pairs = s_page
            .All("table")
            .Where(t => t.HasClass("pairs"))
            .SelectMany(t => t.All("tbody").Single().All("tr"))
            .Select(r => (r.All("th").Single().Value, r.All("td").Single().Value))
            .ToList();
        Assert.Contains(("alpha", "0.62"), pairs);
        Assert.Contains(("betas", "0.13"), pairs);
        Assert.Contains(("hard", "LowConfidence"), pairs);
        Assert.Contains(("temperatures", "2: 1.21457, 6: 1.4"), pairs);
        Assert.Contains(
            pairs, pair => pair.Item1 == "centroids" && pair.Item2.EndsWith("characters; see plan.json)", StringComparison.Ordinal));
    }

    [Fact]
    public void A_column_that_nothing_is_known_for_is_left_out()
    {
        var training = MadeReport.Of().Training!;
        Assert.Equal(["Exit tier", "Accuracy [95 %]", "Loss first → last", "Temperature of the plan"], Heads(training));
        Assert.Equal(
            ["Exit tier", "Accuracy [95 %]"],
            Heads(training with { Exits = [.. training.Exits.Select(exit => exit with { Losses = [], Temperature = null })] }));

        static IEnumerable<string> Heads(TrainingSummary training) => HtmlPage
            .Parse(HtmlPage.Write(MadeReport.Of() with { Training = training }))
            .All("table")
            .Single(t => t.All("caption").Single().Value.StartsWith("What each exit", StringComparison.Ordinal))
            .All("thead")
            .Single()
            .All("th")
            .Select(HtmlPage.TextOf);
    }

    [Fact]
    public void A_served_difference_is_an_alarm_and_a_near_tie_is_not()
    {
        Assert.Contains("871 of 872", HtmlPage.TextOf(s_page), StringComparison.Ordinal);
        Assert.Contains("but for 1 near-tie, listed below", HtmlPage.TextOf(s_page), StringComparison.Ordinal);
        var served = MadeReport.Of().Served!;
        var wrong = served with { NearTies = [], Differences = served.NearTies };
        Assert.Contains(
            "1 of 872 served samples differ", HtmlPage.TextOf(HtmlPage.Parse(HtmlPage.Write(MadeReport.Of() with { Served = wrong }))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_there_leaves_its_section_out()
    {
        var bare = MadeReport.Of() with
        {
            Plan = null,
            Training = null,
            DataMap = null,
            Served = null,
            Evaluations = [new("default", MadeReport.Evaluation())],
        };
        var page = HtmlPage.Parse(HtmlPage.Write(bare));
        Assert.Empty(page.All("svg"));
        Assert.DoesNotContain(page.All("section"), s => (string?)s.Attribute("id") is "map" or "served");
        Assert.Throws<ArgumentException>(() => HtmlPage.Write(bare with { Evaluations = [] }));
    }

    [GeneratedRegex(@"url\([^)]{0,10}")]
    private static partial Regex UrlFunction();

    [GeneratedRegex(@"(https?|wss?|ftp)://[^\s""'<]+")]
    private static partial Regex Scheme();

    [GeneratedRegex("^h([1-6])$")]
    private static partial Regex Heading();
}

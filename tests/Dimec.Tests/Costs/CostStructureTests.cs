using Dimec.Costs;
using Dimec.Policies;

namespace Dimec.Tests.Costs;

public class CostStructureTests
{
    private const string File = """
        {"format":1,"unit":"layers","tiers":[{"name":"mobile","depth":2,"layer":1,"offload":0},{"name":"edge","depth":4,"layer":1,"offload":1},{"name":"cloud","depth":6,"layer":1,"offload":3}]}
        """;

    [Fact]
    public void The_default_at_2_4_6_costs_2_5_9()
    {
        var costs = CostStructure.Default([2, 4, 6]);
        Assert.Equal([2.0, 5.0, 9.0], Enumerable.Range(0, 3).Select(costs.Of));
        Assert.Equal(["mobile", "edge", "cloud"], costs.Tiers.Select(tier => tier.Name));
        Assert.Equal(("layers", 9.0), (costs.Unit, costs.Cloud));
        Assert.Equal([2.0, 4.0, 6.0], Enumerable.Range(0, 3).Select(costs.WithoutOffload()!.Of));
    }

    [Fact]
    public void The_default_at_other_numbers_of_tiers()
    {
        Assert.Equal([("mobile", 0.0), ("cloud", 6.0)], CostStructure.Default([3, 12]).Tiers.Select(tier => (tier.Name, tier.Offload)));
        Assert.Equal(
            [("mobile", 0.0), ("edge1", 2.0), ("edge2", 4.0), ("cloud", 6.0)],
            CostStructure.Default([3, 6, 9, 12]).Tiers.Select(tier => (tier.Name, tier.Offload)));
    }

    [Fact]
    public void A_file_of_the_architecture_reads_as_the_default_and_is_written_back()
    {
        var costs = CostStructure.Read(TextFiles.Stream(File), "costs.json");
        Assert.Equal(CostStructure.Default([2, 4, 6]).Tiers, costs.Tiers);
        var again = CostStructure.Read(TextFiles.Stream(TextFiles.Written(costs.Write)), "costs.json");
        Assert.Equal(costs.Unit, again.Unit);
        Assert.Equal(costs.Tiers, again.Tiers);
    }

    private static readonly TierWork[] s_resume =
        [TierWork.OfText(0, 2), new(1, 2, 4, WorkStart.Forwarded, 0), new(2, 4, 6, WorkStart.Forwarded, 1)];

    [Fact]
    public void Links_are_read_and_written()
    {
        var costs = CostStructure.Read(
            TextFiles.Stream(File.Replace("]}", """],"links":[{"from":"edge","to":"cloud","offload":2.5}]}""", StringComparison.Ordinal)),
            "c");
        Assert.Equal([new LinkCost("edge", "cloud", 2.5)], costs.Links);
        Assert.Equal(costs.Links, CostStructure.Read(TextFiles.Stream(TextFiles.Written(costs.Write)), "c").Links);
        Assert.Equal(0, costs.WithoutOffload()!.Links[0].Offload);
    }

    [Fact]
    public void At_the_default_costs_a_resume_all_the_way_costs_what_the_cloud_costs()
    {
        var costs = CostStructure.Default([2, 4, 6]);
        Assert.Equal([2, 3, 4], s_resume.Select(costs.Of));
        Assert.Equal(costs.Cloud, s_resume.Sum(costs.Of));
        // By way of the mobile the whole offloading is paid.
        Assert.Equal(5, costs.Of(new TierWork(2, 4, 6, WorkStart.Carried, 1)));
    }

    [Fact]
    public void A_hidden_state_costs_what_the_file_says_and_a_link_what_the_link_says()
    {
        var costs = CostStructure.Read(
            TextFiles.Stream(File
                .Replace("\"offload\":1", "\"offload\":1,\"hiddenState\":10", StringComparison.Ordinal)
                .Replace("\"offload\":3", "\"offload\":3,\"hiddenState\":12.5", StringComparison.Ordinal)),
            "c");
        Assert.Equal([2, 12, 4.5], s_resume.Select(costs.Of));
        Assert.Equal(14.5, costs.Of(new TierWork(2, 4, 6, WorkStart.Carried, 1)));
        Assert.Equal(12.5, CostStructure.Read(TextFiles.Stream(TextFiles.Written(costs.Write)), "c").Tiers[2].HiddenState);
        Assert.Equal([2, 2, 2], s_resume.Select(costs.WithoutOffload()!.Of));
        var linked = new CostStructure("layers", costs.Tiers, [new LinkCost("edge", "cloud", 0.25)]);
        Assert.Equal([2, 12, 2.25], s_resume.Select(linked.Of));
        Assert.Equal((5, 9), (costs.Of(1), costs.Of(2)));
    }

    [Fact]
    public void A_call_is_paid_for_every_stretch_of_layers_and_exit_0_by_itself()
    {
        var costs = CostStructure.Read(
            TextFiles.Stream(File
                .Replace("\"offload\":0", "\"offload\":0,\"call\":0.5,\"exitZero\":0.25", StringComparison.Ordinal)
                .Replace("\"offload\":3", "\"offload\":3,\"call\":2", StringComparison.Ordinal)),
            "c");
        Assert.Equal([2.5, 5, 11], Enumerable.Range(0, 3).Select(costs.Of));
        Assert.Equal(0.25, costs.Of(TierWork.Further(0, 0, 0)));
        // The mobile, stopped within its layers, has run twice; each time its classifier.
        Assert.Equal(1.5 + 1.5, costs.Of(TierWork.OfText(0, 1)) + costs.Of(TierWork.Further(0, 1, 2)));
        Assert.Equal([2.5, 3, 6], s_resume.Select(costs.Of));
        Assert.Equal(8, costs.WithoutOffload()!.Cloud);
        Assert.Equal(costs.Tiers, CostStructure.Read(TextFiles.Stream(TextFiles.Written(costs.Write)), "c").Tiers);
        // Files of costs that were set stay as they were.
        Assert.DoesNotContain("call", TextFiles.Written(CostStructure.Default([2, 4, 6]).Write));
    }

    [Fact]
    public void Where_the_costs_were_measured_is_read_as_strictly()
    {
        const string Measured = """
            ,"measured":{"date":"2026-11-30","machine":"m","measurement":"0","rows":1,"tokens":9,"intervals":{},"assumed":[],"by":"me"}}
            """;
        Assert.Equal(
            ["c measured.date: '2026-11-30' is no moment", "c measured.by: is not a key that is known here"],
            TextFiles.Errors(() => CostStructure.Read(TextFiles.Stream(File.TrimEnd()[..^1] + Measured), "c"))
                .Select(error => $"{error.Where}: {error.Problem}"));
    }

    [Theory]
    [InlineData("\"offload\":3", "\"offload\":3,\"call\":-1", "tiers[2].call", "is negative (-1)")]
    [InlineData("\"offload\":3", "\"offload\":3,\"call\":1e101", "tiers[2]", "makes a sample cost 1E+101")]
    [InlineData("\"offload\":1", "\"offload\":1,\"exitZero\":1", "tiers[1].exitZero", "exit 0 runs on the first tier")]
    [InlineData("\"offload\":0", "\"offload\":0,\"exitZero\":\"1\"", "tiers[0].exitZero", "is \"1\"")]
    [InlineData("\"layer\":1,\"offload\":3", "\"layer\":-1,\"offload\":3", "tiers[2].layer", "is negative (-1)")]
    [InlineData("\"offload\":3", "\"offload\":-3", "tiers[2].offload", "is negative (-3)")]
    [InlineData(",\"offload\":3", "", "tiers[2].offload", "is missing")]
    [InlineData("\"depth\":4", "\"depth\":6", "tiers[2].depth", "is 6 after 6")]
    [InlineData("\"depth\":2", "\"depth\":0", "tiers[0].depth", "is 0")]
    [InlineData("\"depth\":2", "\"depth\":2.5", "tiers[0].depth", "is 2.5")]
    [InlineData("\"edge\"", "\"mobile\"", "tiers[1].name", "'mobile' names an earlier tier")]
    [InlineData("\"edge\"", "\"\"", "tiers[1].name", "is empty")]
    [InlineData("\"offload\":1", "\"offload\":1,\"unit\":\"ms\"", "tiers[1].unit", "is 'ms' in a file whose unit is 'layers'")]
    [InlineData("\"offload\":1", "\"offload\":\"1\"", "tiers[1].offload", "is \"1\"")]
    [InlineData("\"offload\":1", "\"offlaod\":1,\"offload\":1", "tiers[1].offlaod", "is not a key")]
    [InlineData("\"offload\":0", "\"offload\":2", "tiers[0].offload", "on the first tier")]
    [InlineData("\"offload\":0", "\"offload\":0,\"hiddenState\":2", "tiers[0].hiddenState", "to which no hidden state is sent")]
    [InlineData("\"offload\":3", "\"offload\":3,\"hiddenState\":-1", "tiers[2].hiddenState", "is negative (-1)")]
    [InlineData("\"offload\":3", "\"offload\":3,\"hiddenState\":\"1\"", "tiers[2].hiddenState", "is \"1\"")]
    [InlineData("\"offload\":3", "\"offload\":3,\"hiddenState\":1e101", "tiers[2]", "makes a sample cost 1E+101")]
    [InlineData("\"format\":1", "\"format\":2", "format", "is 2, which is not known")]
    [InlineData("\"format\":1,", "", "format", "is missing")]
    [InlineData("\"unit\":\"layers\",", "", "unit", "is missing")]
    [InlineData("\"edge\"", "\"e\\u001b[31m\"", "tiers[1].name", "holds one that cannot be printed")]
    [InlineData("\"layers\"", "\"lay\\ters\"", "unit", "holds one that cannot be printed")]
    [InlineData("\"edge\"", "\"pools\"", "tiers[1].name", "'pools' is the name of a policy")]
    [InlineData("\"mobile\"", "\"any\"", "tiers[0].name", "'any' is the name of a policy")]
    [InlineData(
        "\"layer\":1,\"offload\":3", "\"layer\":0,\"offload\":0", "tiers[2]",
        "cost 0 on the last tier, against which all savings are measured")]
    [InlineData("\"layer\":1,\"offload\":3", "\"layer\":1e308,\"offload\":3", "tiers[2]", "makes a sample cost")]
    [InlineData("\"layer\":1,\"offload\":1", "\"layer\":1,\"offload\":1e101", "tiers[1]", "makes a sample cost 1E+101")]
    [InlineData("}]}", "}],\"links\":[{\"from\":\"edge\",\"to\":\"fog\",\"offload\":1}]}", "links[0].to", "'fog' is no tier")]
    [InlineData("}]}", "}],\"links\":[{\"from\":\"edge\",\"to\":\"edge\",\"offload\":1}]}", "links[0]", "to itself")]
    public void A_wrong_file_names_the_key_and_the_mend(string right, string wrong, string key, string problem)
    {
        var error = TextFiles.Error(() => CostStructure.Read(
            TextFiles.Stream(File.Replace(right, wrong, StringComparison.Ordinal)), "costs.json", PolicyList.Default.ReservedNames));
        Assert.Equal($"costs.json {key}", error.Where);
        Assert.Contains(problem, error.Problem);
        Assert.NotEmpty(error.Fix);
    }

    [Fact]
    public void A_cloud_that_costs_its_offloading_only_has_no_table_without_it()
    {
        var costs = new CostStructure("ms", [new("mobile", 2, 1, 0), new("cloud", 6, 0, 4)], []);
        Assert.Equal(4, costs.Cloud);
        Assert.Null(costs.WithoutOffload());
    }

    [Fact]
    public void No_tier_may_have_the_name_of_a_policy() => Assert.All(
        PolicyList.Default
            .For(CostStructure.Default([2, 4]))
            .Select(family => family.Name)
            .Except(["mobile", "cloud"])
            .Append(PolicyList.Any),
        name =>
        {
            var costs = new CostStructure("ms", [new(name, 2, 1, 0), new("cloud", 6, 1, 0)], []);
            Assert.Contains("is the name of a policy", TextFiles.Error(() => PolicyList.Default.For(costs)).Problem);
            using var file = new MemoryStream();
            costs.Write(file);
            file.Position = 0;
            var error = TextFiles.Error(() => CostStructure.Read(file, "costs.json", PolicyList.Default.ReservedNames));
            Assert.Equal(("costs.json tiers[0].name", $"'{name}' is the name of a policy"), (error.Where, error.Problem));
        });

    [Fact]
    public void Everything_wrong_with_a_file_is_reported_together()
    {
        var errors = TextFiles.Errors(() => CostStructure.Read(
            TextFiles.Stream("""{"format":1,"unit":"layers","extra":1,"tiers":[{"name":"mobile","depth":4,"layer":-1},{"name":"mobile","depth":2,"layer":1,"offload":1,"unit":"ms"}]}"""),
            "costs.json"));
        Assert.Equal(
            [
                "costs.json extra",
                "costs.json tiers[0].layer",
                "costs.json tiers[0].offload",
                "costs.json tiers[1].depth",
                "costs.json tiers[1].name",
                "costs.json tiers[1].unit",
            ],
            errors.Select(error => error.Where).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("", "costs.json: is empty")]
    [InlineData(" \n", "costs.json: is empty")]
    [InlineData("{\n\"format\": 1,\n", "costs.json line 3")]
    [InlineData("[]", "costs.json")]
    [InlineData("{\"format\":1,\"format\":1}", "costs.json")]
    public void What_is_no_json_object_is_refused(string content, string where) =>
        Assert.StartsWith(where, TextFiles.Error(() => CostStructure.Read(TextFiles.Stream(content), "costs.json")).ToString());

    [Fact]
    public void A_structure_made_in_code_is_checked_too()
    {
        var errors = TextFiles.Errors(() => _ = new CostStructure("", [new TierCost("a", 1, double.NaN, 0)], []));
        Assert.Equal(["costs unit", "costs tiers", "costs tiers[0].layer"], errors.Select(error => error.Where));
    }

    [Fact]
    public void Very_many_tiers_are_read_in_the_time_of_their_number()
    {
        var tiers = string.Join(',', Enumerable.Range(1, 60_000).Select(i =>
            $"{{\"name\":\"t{i}\",\"depth\":{i},\"layer\":1,\"offload\":0}}"));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var read = CostStructure.Read(TextFiles.Stream($"{{\"format\":1,\"unit\":\"ms\",\"tiers\":[{tiers}]}}"), "c.json");
        Assert.Equal(60_000, read.Tiers.Count);
        // About a second; with the square of their number a minute.
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 30);
    }
}

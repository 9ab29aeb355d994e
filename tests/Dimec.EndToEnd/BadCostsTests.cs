using Dimec.Tests;

namespace Dimec.EndToEnd;

/// <summary>Cost files and plans that cannot be used: the key is named, all of a file's mistakes together, and no plan is written.</summary>
public sealed class BadCostsTests(MadeRun made)
{
    private const string Costs = """
        {
          "format": 1, "unit": "layers",
          "tiers": [
            {"name": "mobile", "depth": 1, "layer": 1, "offload": 0},
            {"name": "edge", "depth": 2, "layer": 1, "offload": 1},
            {"name": "cloud", "depth": 3, "layer": 1, "offload": 3}
          ]
        }
        """;

    [Theory]
    [InlineData("\"offload\": 3", "\"offload\": -3", " tiers[2].offload: is negative (-3)")]
    [InlineData(", \"offload\": 3", "", " tiers[2].offload: is missing")]
    [InlineData("\"offload\": 3", "\"offload\": null", " tiers[2].offload: is missing")]
    [InlineData("\"offload\": 3", "\"offload\": 3, \"unit\": \"ms\"", " tiers[2].unit: is 'ms' in a file whose unit is 'layers'; convert the costs to one unit")]
    [InlineData("\"depth\": 2", "\"depth\": 3", " tiers[2].depth: is 3 after 3")]
    [InlineData("\"format\": 1", "\"format\": 2", " format: is 2, which is not known here")]
    [InlineData("\"offload\": 3", "\"offload\": NaN", " line 6: is not well-formed JSON")]
    [InlineData(Costs, "", ": is empty")]
    [InlineData(Costs, "unit: layers", " line 1: is not well-formed JSON")]
    [InlineData(Costs, "[]", ": is an array where an object is expected")]
    public async Task The_key_is_named(string right, string wrong, string sentence)
    {
        using var folder = new TemporaryFolder();
        var costs = Write(folder, right, wrong);

        await Tool.RefusedAsync(folder.Path, Plan(folder, costs), costs + sentence);
    }

    [Fact]
    public async Task Everything_wrong_with_a_file_is_reported_together()
    {
        using var folder = new TemporaryFolder();
        var costs = folder.File("costs.json");
        File.WriteAllText(costs, Costs
            .Replace("\"layer\": 1, \"offload\": 1", "\"layer\": -1, \"unit\": \"ms\"", StringComparison.Ordinal)
            .Replace("\"unit\": \"layers\"", "\"unit\": \"layers\", \"currency\": \"EUR\"", StringComparison.Ordinal));

        await Tool.RefusedAsync(
            folder.Path, Plan(folder, costs),
            " tiers[1].offload: is missing", " tiers[1].unit: is 'ms'", " currency: is not a key that is known here", " tiers[1].layer: is negative (-1)");
    }

    [Fact]
    public async Task Tiers_must_be_where_the_run_has_exits()
    {
        using var folder = new TemporaryFolder();
        var costs = Write(folder, "\"depth\": 3", "\"depth\": 7");

        await Tool.RefusedAsync(folder.Path, Plan(folder, costs), "tiers[2].depth: is 7, where predictions/selection.jsonl has exits 1, 2, 3");
    }

    [Theory]
    [InlineData("\"policy\": \"edge\"", "\"policy\": \"fog\"", " policy: 'fog' is no policy; use one of")]
    [InlineData("\"parameters\": {}", "\"parameters\": {\"threshold\": 0.9}", " parameters.threshold: is not a key that is known here")]
    [InlineData("\"format\": 1", "\"format\": 2", " format: is 2, which is not known here")]
    [InlineData("{", "", " line 2: is not well-formed JSON")]
    public async Task A_plan_is_read_as_strictly(string right, string wrong, string sentence)
    {
        using var folder = new TemporaryFolder();
        var (plan, content) = (folder.File("plan.json"), File.ReadAllText(made.EdgePlan));
        var at = content.IndexOf(right, StringComparison.Ordinal);
        File.WriteAllText(plan, string.Concat(content.AsSpan(0, at), wrong, content.AsSpan(at + right.Length)));

        await Tool.RefusedAsync(folder.Path, ["export", made.Run, "--plan", plan, "--out", folder.File("bundle")], plan + sentence);
    }

    [Theory]
    [InlineData("plan", "--policy", "edge", "--costs")]
    [InlineData("evaluate", "--part", "dev", "--plan")]
    [InlineData("export", "--revision", "1", "--plan")]
    public async Task A_file_that_is_not_there_is_named(string command, string option, string value, string file)
    {
        using var folder = new TemporaryFolder();

        await Tool.RefusedAsync(
            folder.Path, [command, made.Run, option, value, file, folder.File("none.json"), "--out", folder.File("out")], $"{folder.File("none.json")}: does not exist");
    }

    private string[] Plan(TemporaryFolder folder, string costs) =>
        ["plan", made.Run, "--policy", "edge", "--max-drop", "1", "--costs", costs, "--out", folder.File("plan.json")];

    private static string Write(TemporaryFolder folder, string right, string wrong)
    {
        var content = Costs.Replace(right, wrong, StringComparison.Ordinal);
        Assert.NotEqual(Costs, content);
        File.WriteAllText(folder.File("costs.json"), content);
        return folder.File("costs.json");
    }
}

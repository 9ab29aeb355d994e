namespace Dimec.EndToEnd.Tests;

/// <summary>
/// Cost files and plans that cannot be used: the key is named, all of a file's mistakes together, and no plan is written.
/// </summary>
public sealed class BadCostsTests(MadeRun made) : RefusedCalls
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
    [InlineData(
        "\"offload\": 3", "\"offload\": 3, \"unit\": \"ms\"",
        " tiers[2].unit: is 'ms' in a file whose unit is 'layers'; convert the costs to one unit")]
    [InlineData("\"depth\": 2", "\"depth\": 3", " tiers[2].depth: is 3 after 3")]
    [InlineData("\"format\": 1", "\"format\": 2", " format: is 2, which is not known here")]
    [InlineData("\"offload\": 3", "\"offload\": NaN", " line 6: holds NaN or Infinity, which JSON does not have")]
    [InlineData(Costs, "", ": is empty")]
    [InlineData(Costs, "unit: layers", " line 1: is not well-formed JSON")]
    [InlineData(Costs, "[]", ": is an array where an object is expected")]
    public async Task The_key_is_named(string right, string wrong, string sentence)
    {
        var costs = Write(right, wrong);

        await RefusedAsync(Plan(costs), costs + sentence);
    }

    [Fact]
    public async Task Everything_wrong_with_a_file_is_reported_together()
    {
        var costs = Folder.File("costs.json");
        File.WriteAllText(costs, Costs
            .Replace("\"layer\": 1, \"offload\": 1", "\"layer\": -1, \"unit\": \"ms\"", StringComparison.Ordinal)
            .Replace("\"unit\": \"layers\"", "\"unit\": \"layers\", \"currency\": \"EUR\"", StringComparison.Ordinal));

        await RefusedAsync(
            Plan(costs),
            " tiers[1].offload: is missing", " tiers[1].unit: is 'ms'", " currency: is not a key that is known here",
            " tiers[1].layer: is negative (-1)");
    }

    [Fact]
    public async Task Tiers_must_be_where_the_run_has_exits()
    {
        var costs = Write("\"depth\": 3", "\"depth\": 7");

        await RefusedAsync(Plan(costs), "tiers[2].depth: is 7, where predictions/selection.jsonl has exits 1, 2, 3");
    }

    [Theory]
    [InlineData("\"policy\": \"edge\"", "\"policy\": \"fog\"", " policy: 'fog' is no policy; use one of")]
    [InlineData("\"parameters\": {}", "\"parameters\": {\"threshold\": 0.9}", " parameters.threshold: is not a key that is known here")]
    [InlineData("\"format\": 1", "\"format\": 2", " format: is 2, which is not known here")]
    [InlineData("{", "", " line 2: is not well-formed JSON")]
    public async Task A_plan_is_read_as_strictly(string right, string wrong, string sentence)
    {
        var (plan, content) = (Folder.File("plan.json"), File.ReadAllText(made.EdgePlan));
        var at = content.IndexOf(right, StringComparison.Ordinal);
        File.WriteAllText(plan, string.Concat(content.AsSpan(0, at), wrong, content.AsSpan(at + right.Length)));

        await RefusedAsync(["export", made.Run, "--plan", plan, "--out", Folder.File("bundle")], plan + sentence);
    }

    [Theory]
    [InlineData("plan", "--policy", "edge", "--costs")]
    [InlineData("evaluate", "--part", "dev", "--plan")]
    [InlineData("export", "--revision", "1", "--plan")]
    public async Task A_file_that_is_not_there_is_named(string command, string option, string value, string file)
    {
        await RefusedAsync(
            [command, made.Run, option, value, file, Folder.File("none.json"), "--out", Folder.File("out")],
            $"{Folder.File("none.json")}: does not exist");
    }

    private string[] Plan(string costs) =>
        ["plan", made.Run, "--policy", "edge", "--max-drop", "1", "--costs", costs, "--out", Folder.File("plan.json")];

    private string Write(string right, string wrong)
    {
        var content = Costs.Replace(right, wrong, StringComparison.Ordinal);
        Assert.NotEqual(Costs, content);
        File.WriteAllText(Folder.File("costs.json"), content);
        return Folder.File("costs.json");
    }
}

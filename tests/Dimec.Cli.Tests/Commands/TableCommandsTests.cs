using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Dimec.Cli.Tests.Commands;

/// <summary><c>dimec plan</c> and <c>dimec evaluate</c> where a router's table takes a run's place.</summary>
public sealed class TableCommandsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_plan_with_a_promise_is_made_and_evaluated()
    {
        var (table, plan) = (Table("router.csv", 6000, "selection", "calibration", "dev"), _folder.File("plan.json"));
        var screen = await Done("plan", table, "--max-drop", "0.02", "--confidence", "0.95", "--out", plan);
        Assert.Contains("on the selection rows, n = 2,000", screen.Out, StringComparison.Ordinal);
        Assert.Contains("Promised with 95.0 % confidence: at most 2 points below large", screen.Out, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(plan, TestContext.Current.CancellationToken));
        Assert.Equal("score", json.RootElement.GetProperty("policy").GetString());
        Assert.Equal(2000, json.RootElement.GetProperty("promise").GetProperty("n").GetInt32());

        screen = await Done("evaluate", table, "--plan", plan);
        Assert.Contains("n = 2,000", screen.Out, StringComparison.Ordinal);
        Assert.Contains("CPT(50 %)", screen.Out, StringComparison.Ordinal);
        Assert.Contains("APGR", screen.Out, StringComparison.Ordinal);
        Assert.Empty(screen.Error);

        screen = await Done("evaluate", table, "--plan", plan, "--out", _folder.File("evaluation.json"), "--json");
        Assert.Equal(
            screen.Out, await File.ReadAllTextAsync(_folder.File("evaluation.json"), TestContext.Current.CancellationToken) + "\n");
    }

    [Fact]
    public async Task The_promise_may_be_tested_on_another_table()
    {
        var (selection, calibration) = (Table("one.csv", 2000), Table("other.csv", 2000, seed: 2));
        var plan = _folder.File("plan.json");
        var screen = await Done("plan", selection, "--max-drop", "0.02", "--calibration", calibration, "--out", plan, "--json");
        using var json = JsonDocument.Parse(screen.Out);
        Assert.Equal(2, json.RootElement.GetProperty("madeFrom").EnumerateObject().Count());

        screen = await Done("evaluate", selection, "--plan", plan);
        Assert.Contains("was chosen on these rows; what they say of it is too good.", screen.Error, StringComparison.Ordinal);
        screen = await Done("evaluate", calibration, "--plan", plan);
        Assert.Contains("was chosen on these rows", screen.Error, StringComparison.Ordinal);
        Assert.Empty((await Done("evaluate", Table("third.csv", 500, seed: 3), "--plan", plan)).Error);
    }

    [Fact]
    public async Task A_score_may_speak_for_the_weak_tier()
    {
        var (table, plan) = (Table("router.csv", 1000), _folder.File("plan.json"));
        await Done("plan", table, "--max-drop", "0.3", "--higher", "weak", "--out", plan);
        await Refused("--higher strong: is not what", "evaluate", table, "--plan", plan, "--higher", "strong");
        Assert.Contains("APGR", (await Done("evaluate", table, "--plan", plan)).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_possible_ends_with_3_and_leaves_all_to_the_strong_tier()
    {
        var (table, plan) = (Table("router.csv", 300, "selection", "calibration"), _folder.File("plan.json"));
        var (code, screen) = await Call("plan", table, "--max-drop", "0.005", "--confidence", "0.95", "--out", plan);
        Assert.Equal(ExitCodes.NotPossible, code);
        Assert.Contains("not possible: ", screen.Error, StringComparison.Ordinal);
        Assert.Contains("samples like these would do for it", screen.Error, StringComparison.Ordinal);
        Assert.Contains("leaves everything to large.", screen.Out + screen.Error, StringComparison.Ordinal);
        Assert.Contains("\"large\"", await File.ReadAllTextAsync(plan, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_ends_with_2_and_a_sentence()
    {
        var (table, plan, bad) = (Table("router.csv", 300), _folder.File("plan.json"), _folder.File("bad.csv"));
        File.WriteAllText(bad, "id,score,a.right,a.cost,b.right,b.cost\n1,1,,1,0,2\n2,2,1,1,0,2\n");
        await Refused("bad.csv line 2 column \"a.right\": is missing; fill the cell, or leave the row out.", "evaluate", bad);
        File.WriteAllText(bad, "id,score,a.right,a.cost,b.right,b.cost\n1,1,1,1,0,2\n2,2,1,1,0,2\n");
        await Refused("column \"b.right\": has the tier 'b' right in none of 2 rows", "plan", bad, "--out", plan);
        await Refused("none.csv: does not exist; check the path.", "evaluate", _folder.File("none.csv"));
        await Refused(
            "none.csv: does not exist; check the path.", "plan", table, "--calibration", _folder.File("none.csv"), "--out", plan);
        await Refused("--policy: is about a run, and a table is given; leave it out.", "plan", table, "--policy", "any", "--out", plan);
        await Refused("--cross-fit: is about a run, and a table is given", "evaluate", table, "--cross-fit", "2");
        await Refused("--higher: is about a table, and a run is given; leave it out.", "evaluate", _folder.Path, "--higher", "weak");
        await Refused("--policy: is missing, and a run is given", "plan", _folder.Path, "--out", plan);
        await Refused("--max-drop: is 2", "plan", table, "--max-drop", "2", "--out", plan);
        await Refused("has no column part, and a promise is tested", "plan", table, "--confidence", "0.95", "--out", plan);
        await Refused("--scope: is class", "plan", table, "--scope", "class", "--calibration", table, "--out", plan);
        await Refused("--part elsewhere: is no part; use one of dev", "evaluate", table, "--part", "elsewhere");
        File.WriteAllText(plan, """{"format":1,"policy":"pools"}""");
        await Refused("is 'pools', and a table's plan is one of 'score'", "evaluate", table, "--plan", plan);
    }

    /// <summary>A folder is a run, whatever it is called.</summary>
    [Fact]
    public async Task A_folder_is_a_run()
    {
        Directory.CreateDirectory(_folder.File("run.csv"));
        await Refused("run.csv", "evaluate", _folder.File("run.csv"));
        await Refused("--higher: is about a table", "evaluate", _folder.File("run.csv"), "--higher", "weak");
    }

    private string Table(string name, int count, params string[] parts) => Table(name, count, seed: 1, parts);

    private string Table(string name, int count, int seed, params string[] parts)
    {
        var (chance, text) = (new Random(seed), new StringBuilder("id,score,small.right,small.cost,large.right,large.cost"));
        text.Append(parts.Length > 0 ? ",part\n" : "\n");
        for (var row = 0; row < count; row++)
        {
            var (score, luck) = (chance.NextDouble(), chance.NextDouble());
            var (small, large) = (luck < 0.95 - Math.Pow(score, 6) ? 1 : 0, luck < 0.95 ? 1 : 0);
            text.Append(CultureInfo.InvariantCulture, $"{row},{score:F4},{small},1,{large},20");
            text.Append(parts.Length > 0 ? $",{parts[row % parts.Length]}\n" : "\n");
        }

        File.WriteAllText(_folder.File(name), text.ToString());
        return _folder.File(name);
    }

    private static async Task<Screen> Done(params string[] arguments)
    {
        var (code, screen) = await Call(arguments);
        Assert.True(code == ExitCodes.Done, screen.Error);
        return screen;
    }

    private static async Task Refused(string expected, params string[] arguments)
    {
        var (code, screen) = await Call(arguments);
        Assert.Equal(ExitCodes.BadInput, code);
        Assert.Contains(expected, screen.Error, StringComparison.Ordinal);
    }

    private static async Task<(int Code, Screen Screen)> Call(params string[] arguments)
    {
        var screen = new Screen(width: 2000, isTerminal: false);
        return (await screen.RunAsync(arguments), screen);
    }
}

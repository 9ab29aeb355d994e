using System.Text.Json;

namespace Dimec.EndToEnd.Tests;

/// <summary>Tiers are measured as processes, and what comes of it is taken wherever costs are.</summary>
public sealed class MeasureTests(MadeRun made) : RefusedCalls
{
    [Fact]
    public async Task Tiers_are_measured_converted_planned_with_and_checked()
    {
        await using var edge = await ServedTier.StartAsync(made.Bundle, "edge");
        await using var cloud = await ServedTier.StartAsync(made.Bundle, "cloud");
        var (costs, measured) = (Folder.File("costs.json"), Folder.File("costs.measured.json"));
        await Tool.DoneAsync(
            "measure", made.Bundle, "--edge", edge.Grpc, "--cloud", cloud.Http.OriginalString, "--rows", "1,2", "--seconds", "1",
            "--lengths", "6,12", "--out", costs);
        using (var file = JsonDocument.Parse(File.ReadAllText(costs)))
        {
            Assert.Equal("ms", file.RootElement.GetProperty("unit").GetString());
            Assert.Equal(3, file.RootElement.GetProperty("measured").GetProperty("intervals").EnumerateObject().Count());
        }

        // The same measurement in other units, without measuring again; a conversion gives the same bytes each time.
        var (bytes, again, money) = (Folder.File("bytes.json"), Folder.File("again.json"), Folder.File("money.json"));
        await Tool.DoneAsync("measure", "--from", measured, "--unit", "bytes", "--batch", "2", "--out", bytes);
        await Tool.DoneAsync("measure", "--from", measured, "--unit", "bytes", "--batch", "2", "--out", again);
        Assert.Equal(File.ReadAllText(bytes), File.ReadAllText(again));
        var prices = Folder.File("prices.json");
        File.WriteAllText(
            prices, """{"format":1,"currency":"EUR","tiers":[{"name":"cloud","prices":[{"amount":0.2,"per":"hour"}]}]}""");
        await Tool.DoneAsync("measure", "--from", measured, "--unit", "money", "--prices", prices, "--out", money);
        await Tool.DoneAsync("measure", "--from", measured, "--unit", "mj", "--out", Folder.File("mj.json"));

        // A plan in milliseconds; what it costs in bytes is said in bytes, throughout.
        var plan = Folder.File("plan.json");
        await Tool.DoneAsync("plan", made.Run, "--policy", "edge", "--costs", costs, "--out", plan);
        var evaluated = await Tool.DoneAsync(
            "evaluate", made.Run, "--plan", plan, "--costs", bytes, "--out", Folder.File("evaluated"), "--json");
        using (var file = JsonDocument.Parse(evaluated.Output))
            Assert.Equal("bytes", file.RootElement.GetProperty("costs").GetProperty("unit").GetString());
        await Tool.DoneAsync("report", made.Run, "--plan", plan, "--out", Folder.File("report.html"));
        Assert.Contains("ms", File.ReadAllText(Folder.File("report.html")));

        var check = await Tool.DoneAsync(
            "measure", made.Bundle, "--edge", edge.Grpc, "--cloud", cloud.Http.OriginalString, "--check", measured, "--json");
        using var rows = JsonDocument.Parse(check.Output);
        Assert.Equal(7, rows.RootElement.GetArrayLength());
    }

    [Theory]
    [InlineData("[{\"amount\":0.2}]", "tiers[0].prices[0].per: is missing, so the price has no unit")]
    [InlineData("[{\"amount\":-1,\"per\":\"gb\"}]", "tiers[0].prices[0].amount: is negative (-1)")]
    [InlineData("{}", "tiers[0].prices: is an object")]
    public async Task A_price_that_is_none_is_named(string prices, string sentence)
    {
        var file = Folder.File("prices.json");
        File.WriteAllText(file, $$"""{"format":1,"currency":"EUR","tiers":[{"name":"cloud","prices":{{prices}}}]}""");
        await RefusedAsync(
            ["measure", made.Bundle, "--unit", "money", "--prices", file, "--out", Folder.File("c.json"), "--edge", "grpc://127.0.0.1:1"],
            $"{file} {sentence}", "tier cloud: has no address");
    }

    [Fact]
    public async Task A_call_that_makes_no_sense_is_refused_with_all_its_mistakes() => await RefusedAsync(
        ["measure", "--unit", "pounds", "--batch", "0", "--rows", "1,x", "--seconds", "0"],
        "BUNDLE: is missing", "--unit pounds: is not known", "--batch: is 0", "--out: is missing", "--rows 1,x: has 'x'",
        "--seconds: is 0");

    [Fact]
    public async Task A_file_without_a_text_is_refused_before_anything_is_measured()
    {
        var file = Folder.File("empty.txt");
        File.WriteAllText(file, "");
        await RefusedAsync(
            [
                "measure", made.Bundle, "--edge", "grpc://127.0.0.1:1", "--cloud", "grpc://127.0.0.1:1", "--file", file,
                "--out", Folder.File("c.json"),
            ],
            $"{file}: holds no text to measure with");
    }

    [Fact]
    public async Task An_earlier_measurement_that_is_none_is_refused()
    {
        var file = Folder.File("m.json");
        File.WriteAllText(file, "[]");
        await RefusedAsync(["measure", "--from", file, "--out", Folder.File("c.json")], $"{file}: is an array where an object is expected");
    }
}

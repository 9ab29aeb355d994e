using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dimec.EndToEnd.Tests;

/// <summary>A tier's options from a file, the environment and the command line.</summary>
public sealed class ServeConfigurationTests(MadeRun made) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task The_command_line_goes_before_the_environment_and_that_before_the_file()
    {
        var file = Write("""
            "QueueSize": 7, "MaxBatch": 8, "MaxTokens": 600, "BodyTimeout": "00:01:30", "StopTimeout": 2.5, "Reflection": true,
            "Forward": {"cloud": "grpc://127.0.0.1:9"}
            """);
        var printed = await Tool.RunAsync(
            [("Dimec__QueueSize", "9"), ("DIMEC__MAXBATCH", "10"), ("Dimec__Address", "127.0.0.2")],
            ["serve", "--config", file, "--max-batch", "11", "--print-config"]);
        Assert.Equal((0, ""), (printed.ExitCode, printed.Error));
        var holds = JsonNode.Parse(printed.Output)!["Dimec"]!;
        Assert.Equal(
            (made.Bundle, "edge", 9, 11, 600, 90.0, 2.5, true, "127.0.0.2", "grpc://127.0.0.1:9"),
            ((string?)holds["Bundle"], (string?)holds["Tier"], (int)holds["QueueSize"]!, (int)holds["MaxBatch"]!, (int)holds["MaxTokens"]!,
            (double)holds["BodyTimeout"]!, (double)holds["StopTimeout"]!, (bool)holds["Reflection"]!, (string?)holds["Address"],
            (string?)holds["Forward"]!["cloud"]));

        // What is printed is a file that says the same.
        var again = _folder.File("again.json");
        await File.WriteAllTextAsync(again, printed.Output, TestContext.Current.CancellationToken);
        Assert.Equal(printed.Output, (await Tool.DoneAsync("serve", "--config", again, "--print-config")).Output);
    }

    [Fact]
    public async Task Every_mistake_is_named_by_the_place_where_it_stands()
    {
        var file = Write("""
            "QueuSize": 7, "MaxBatch": "1,5", "MaxTokens": 3, "BatchDelay": 2
            """);
        var wrong = await Tool.RunAsync(
            [("Dimec__InstanceCount", "0"), ("Dimec__Reflection", "perhaps")], ["serve", "--config", file, "--threads", "0"]);
        Assert.Equal(2, wrong.ExitCode);
        foreach (var sentence in new[]
        {
            $"error: {file}: Dimec:QueuSize: is no option of a tier; give one of Bundle, Tier, Address, ",
            $"error: {file}: Dimec:MaxBatch 1,5: is no whole number; ",
            $"error: {file}: Dimec:MaxTokens: is 3; give 16 to 1048576.",
            $"error: {file}: Dimec:BatchDelay: is 2 s; give 0 to 1 s.",
            "error: Dimec__InstanceCount: is 0; give 1 to 64.",
            "error: Dimec__Reflection: is 'perhaps'; write true or false.",
            "error: --threads: is 0; give 1 to 1024.",
        })
        {
            Assert.Contains(sentence, wrong.Error, StringComparison.Ordinal);
        }

        Assert.Equal(7, wrong.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData("{\"Dimec\": {\"Tier\": ", "cannot be read (")]
    [InlineData("{\"Dimec\": {\"Tier\": [\"edge\", \"cloud\"]}}", "Dimec:Tier: names 2 values; give one.")]
    [InlineData("{\"Dimec\": {\"Forward\": \"grpc://127.0.0.1:9\"}}", "Dimec:Forward")]
    [InlineData("{}", "BUNDLE: is empty; name the folder that dimec export wrote.")]
    public async Task A_file_that_cannot_be_used_is_one_sentence(string text, string sentence)
    {
        var file = _folder.File("bad.json");
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        var wrong = await Tool.RunAsync("serve", "--config", file);
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains(sentence, wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        var wrong = await Tool.RunAsync("serve", "--config", _folder.File("none.json"));
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains(
            "none.json: does not exist; name a JSON file, as --print-config writes one.", wrong.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string Write(string options)
    {
        var file = _folder.File("tier.json");
        var bundle = JsonSerializer.Serialize(made.Bundle);
        File.WriteAllText(file, $$$"""{"Dimec": {"Bundle": {{{bundle}}}, "Tier": "edge", {{{options}}} }}""");
        return file;
    }
}

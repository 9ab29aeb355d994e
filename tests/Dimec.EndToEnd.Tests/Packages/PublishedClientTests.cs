using System.Globalization;
using System.Text.Json;

namespace Dimec.EndToEnd.Tests.Packages;

/// <summary>
/// A client program published for a device, without what it does not use and without a runtime: it must answer as the tool does.
/// </summary>
public sealed class PublishedClientTests
{
    private const string Text = "the film is good";

    [Fact]
    public async Task Trimmed_and_native_it_answers_as_the_tool_does()
    {
        Assert.SkipUnless(PackedFeed.IsPossible, "The client is published on x64 Linux only.");
        using var folder = new TemporaryFolder();
        var bundle = folder.File("bundle");
        TinyBundle.Write(bundle);

        var measured = await Shell.DoneAsync(Repository.Root, $"bench/Dimec.Inference.Aot/measure.sh '{bundle}' 1 '{Text}'");
        TestContext.Current.TestOutputHelper?.WriteLine(measured);
        Assert.DoesNotContain("warning", measured, StringComparison.OrdinalIgnoreCase);
        Assert.Matches(@"(?m)^trimmed: program [\d.]+ MB", measured);
        Assert.Matches(@"(?m)^native: program [\d.]+ MB", measured);
        // The script ends with the answer, which it has compared between the two.
        var answer = measured.TrimEnd().Split('\n')[^1].Split('\t');

        using var told = JsonDocument.Parse((await Tool.DoneAsync("classify", bundle, Text, "--json")).Output);
        Assert.Equal(told.RootElement.GetProperty("label").GetString(), answer[0]);
        Assert.Equal(told.RootElement.GetProperty("confidence").GetSingle(), float.Parse(answer[1], CultureInfo.InvariantCulture), 1e-6);
        Assert.Equal(told.RootElement.GetProperty("tier").GetString(), answer[2]);
    }
}

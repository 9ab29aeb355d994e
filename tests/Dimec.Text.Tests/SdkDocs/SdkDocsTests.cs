using Dimec.Text.SdkDocs;

namespace Dimec.Text.Tests.SdkDocs;

public sealed class SdkDocsTests : IDisposable
{
    private readonly TaskFolder _folder = new();

    [Fact]
    public void The_installed_sdk_gives_texts_of_fifteen_areas_in_four_disjoint_parts()
    {
        var data = TaskFolder.Load("sdk-docs");
        Dataset[] parts = [data.Train, data.Selection, data.Calibration, data.Dev];
        var samples = parts.SelectMany(part => part.Samples).ToList();

        Assert.Equal(15, data.Labels.Count);
        Assert.InRange(samples.Count, 30_000, 60_000);
        Assert.Equal(samples.Count, samples.Select(sample => sample.Text).Distinct().Count());
        Assert.Equal(samples.Count, samples.Select(sample => sample.Guid).Distinct().Count());
        Assert.All(parts, part => Assert.Equal(15, part.Samples.Select(sample => sample.Label).Distinct().Count()));
        Assert.All(samples, sample => Assert.Equal(sample.Text.Trim(), sample.Text));
        Assert.Contains(data.Sources, source => source.Name == "Microsoft.NETCore.App.Ref");
    }

    [Fact]
    public void A_summary_is_plain_text_and_a_text_of_two_areas_is_left_out()
    {
        Pack("10.0.9", Member("T:System.IO.Old", "An old text."));
        Pack(
            "10.0.10",
            Member(
                "M:System.IO.Stream.Read(System.Byte[])",
                "Reads into\n <paramref name=\"buffer\" /> of <see cref=\"T:System.Collections.Generic.List`1\"/>, "
                + "<c>x</c> or <see langword=\"null\" />.<para>Then</para> stops."),
            Member("T:System.IOther.Thing", "Not in an area."),
            Member("T:System.Net.Both", "The same in both."),
            Member("T:System.Xml.Both", "The same in both."),
            Member("T:System.Xml.Short", "Two words"));

        var data = SdkDocsTask.Load([_folder.Path], new ReaderOptions(), TestContext.Current.CancellationToken);
        var samples = ((Dataset[])[data.Train, data.Selection, data.Calibration, data.Dev]).SelectMany(part => part.Samples).ToList();

        Assert.Contains(samples, sample => sample.Text == "Reads into buffer of List, x or null. Then stops."
            && data.Labels[sample.Label] == "System.IO");
        Assert.DoesNotContain(samples, sample => sample.Text is "An old text." or "The same in both." or "Not in an area." or "Two words");
    }

    [Fact]
    public void Two_readings_are_equal_and_a_seed_splits_anew()
    {
        var options = new ReaderOptions { Limit = 1000, HeldOutLimit = 200, Seed = 3 };
        var (first, second, other) = (
            TaskFolder.Load("sdk-docs", options), TaskFolder.Load("sdk-docs", options),
            TaskFolder.Load("sdk-docs", options with { Seed = 4 }));

        Assert.Equal([1000, 200, 200, 200], Parts(first).Select(part => part.Samples.Count));
        Assert.All(Parts(first).Zip(Parts(second)), pair => Assert.Equal(pair.First.Samples, pair.Second.Samples));
        Assert.All(Parts(first), part => Assert.Equal(part.Samples.OrderBy(sample => sample.Guid, StringComparer.Ordinal), part.Samples));
        Assert.NotEqual(first.Dev.Samples, other.Dev.Samples);
    }

    [Fact]
    public void Rows_are_written_as_a_tsv_file_that_reads_again()
    {
        var data = TaskFolder.Load("sdk-docs", new() { Limit = 200 });
        using var output = new MemoryStream();
        data.WriteRows(data.Train.Samples.Select(sample => sample.Guid), output);

        var again = TaskFolder.Load(_folder.Add("docs.tsv", output.ToArray()));

        var texts = ((Dataset[])[again.Train, again.Selection, again.Calibration, again.Dev]).SelectMany(part => part.Samples)
            .Select(sample => sample.Text);
        Assert.Equal(data.Train.Samples.Select(sample => sample.Text).Order(), texts.Order());
    }

    [Fact]
    public void Without_the_sdk_the_sentence_says_what_to_install()
    {
        var exception = Assert.Throws<InputException>(() =>
            SdkDocsTask.Load([_folder.Path], new ReaderOptions(), TestContext.Current.CancellationToken));

        Assert.Contains("install the .NET SDK, or set DOTNET_ROOT", exception.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static Dataset[] Parts(TaskData data) => [data.Train, data.Selection, data.Calibration, data.Dev];

    private static string Member(string name, string summary) => $"<member name=\"{name}\"><summary>{summary}</summary></member>";

    /// <summary>A pack with the given members, and enough others of every area to be split.</summary>
    private void Pack(string version, params string[] members)
    {
        var others = Area.All.SelectMany(area => Enumerable.Range(0, 10).Select(i => Member($"T:{area}.T{i}", $"{area} {i} here.")));
        _folder.Add(
            $"packs/Microsoft.NETCore.App.Ref/{version}/ref/net10.0/System.xml",
            $"<doc><members>{string.Concat(members)}{string.Concat(others)}</members></doc>");
    }
}

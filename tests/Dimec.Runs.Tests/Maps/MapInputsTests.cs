using Dimec.Cartography;
using Dimec.Runs.Maps;
using Dimec.Text;

namespace Dimec.Runs.Tests.Maps;

/// <summary>What a program asks of a map: what is wrong with it comes all together, and texts and labels come with the issues.</summary>
public sealed class MapInputsTests : IDisposable
{
    private readonly PredictedRun _made = new();

    public void Dispose() => _made.Dispose();

    [Fact]
    public void Everything_that_is_wrong_with_a_call_is_said_at_once_and_nothing_is_written()
    {
        var wrong = Assert.Throws<InputException>(() => Run.Open(_made.Path).Map(new MapOptions
        {
            Exit = 5,
            Cartography = new CartographyOptions { BurnOut = 0 },
            LabelIssues = 0,
            Data = DataSpec.Parse(_made.File("none.tsv"), new ReaderOptions()),
            Out = _made.File("out"),
        }));
        Assert.Equal(["BurnOut", "Exit 5", "LabelIssues 0", _made.File("none.tsv")], wrong.Errors.Select(error => error.Where));
        Assert.False(Directory.Exists(_made.File("out")));
    }

    [Fact]
    public void Data_are_refused_where_no_issues_are_asked_for() => Assert.Contains(
        "Spec: is read for the texts of label issues, and none are asked for; add LabelIssues N, or leave it out",
        Assert.Throws<InputException>(() => Run.Open(_made.Path).Map(new MapOptions { Data = Data() })).Message, StringComparison.Ordinal);

    [Fact]
    public void Issues_come_with_their_texts_where_data_are_named_and_with_numbers_where_none_are()
    {
        var run = Run.Open(_made.Path);
        Assert.Empty(run.Map().LabelIssues());
        var unnamed = run.Map(new MapOptions { LabelIssues = 3 }).LabelIssues();
        Assert.All(unnamed, issue => Assert.Null(issue.Text));
        var named = run.Map(new MapOptions { LabelIssues = 3, Data = Data() }).LabelIssues();
        Assert.Equal(unnamed.Select(issue => issue.Guid), named.Select(issue => issue.Guid));
        Assert.All(named, issue => Assert.Equal($"text {issue.Guid.Split('-')[1]}", issue.Text));
        Assert.All(named, issue => Assert.Contains(issue.Label, (string[])["even", "odd"]));
    }

    private DataSpec Data()
    {
        var path = _made.File("data.tsv");
        File.WriteAllText(
            path, "text\tlabel\n" + string.Concat(Enumerable.Range(0, 80).Select(i => $"text {i}\t{(i % 2 == 0 ? "even" : "odd")}\n")));
        return DataSpec.Parse(path, new ReaderOptions());
    }
}

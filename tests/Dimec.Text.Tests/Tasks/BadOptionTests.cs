namespace Dimec.Text.Tests.Tasks;

/// <summary>Wrong options are reported before any file is read, all together.</summary>
public sealed class BadOptionTests
{
    [Fact]
    public void Ranges_are_checked_together_with_what_does_not_belong()
    {
        var options = new ReaderOptions
        {
            DevFraction = 0,
            SelectionFraction = double.NaN,
            CalibrationFraction = 1,
            Limit = 1,
            HeldOutLimit = 0,
            TextColumn = "a",
            PairColumn = "b",
            LabelColumn = "c",
            NoHeader = true,
        };

        var places = Assert.Throws<InputException>(() => DataSpec.Parse("sst2:nowhere", options)).Errors.Select(e => e.Where);

        Assert.Equal(
            [
                "DevFraction",
                "SelectionFraction",
                "CalibrationFraction",
                "Limit",
                "HeldOutLimit",
                "TextColumn",
                "PairColumn",
                "LabelColumn",
                "NoHeader",
            ], places.Take(9));
    }

    [Fact]
    public void Sdk_docs_takes_no_files()
    {
        var error = Assert.Throws<InputException>(() =>
            DataSpec.Parse("sdk-docs", new ReaderOptions { Dev = "d.tsv", Selection = "s.tsv" }));

        Assert.Equal(["Dev", "Selection"], error.Errors.Select(e => e.Where));
    }

    [Theory]
    [InlineData("rte", "rte: names a GLUE task without its folder; write rte:DIR")]
    [InlineData("rte:", "rte:: names no folder; write rte:DIR")]
    public void A_task_without_its_folder(string spec, string start) =>
        Assert.StartsWith(start, Assert.Throws<InputException>(() => DataSpec.Parse(spec)).Message, StringComparison.Ordinal);

    [Fact]
    public void Columns_and_files_must_fit_each_other()
    {
        Assert.Equal(
            ["TextColumn and LabelColumn: both name the column x; name a column of its own with each."],
            Sentences("a.tsv", new ReaderOptions { TextColumn = "x", LabelColumn = "x" }));
        Assert.Equal(
            [
                "TextColumn: is text, and without a header columns are numbers from 0; give the column's number, e.g. TextColumn 0.",
                "LabelColumn: is -1, and without a header columns are numbers from 0; give the column's number, e.g. LabelColumn 0.",
            ],
            Sentences("a.tsv", new ReaderOptions { NoHeader = true, LabelColumn = "-1" }));
        Assert.Equal(
            [
                "NoHeader: is for .tsv files; a .jsonl file has none; leave it out.",
                "Dev: names d.tsv, which is no .jsonl file like the training file; give all parts as .jsonl files.",
            ],
            Sentences("a.jsonl", new ReaderOptions { NoHeader = true, Dev = "d.tsv" }));
    }

    [Fact]
    public void Fractions_count_only_where_they_split()
    {
        var options = new ReaderOptions { SelectionFraction = 0.4, CalibrationFraction = 0.4, DevFraction = 0.3 };

        Assert.Equal(
            ["the fractions split off train: add up to 1.1, which leaves nothing to train on; make their sum less than 1."],
            Sentences("a.tsv", options));
        Assert.Equal("a.tsv", DataSpec.Parse("a.tsv", options with { Dev = "d.tsv", DevFraction = null }).Text);
    }

    [Fact]
    public void A_fraction_of_a_part_that_is_read_from_a_file_would_do_nothing()
    {
        Assert.Equal(
            [
                "DevFraction: says how much of train becomes dev, which is read from d.tsv; leave one of the two out.",
                "CalibrationFraction: says how much of train becomes calibration, which is read from c.tsv; leave one of the two out.",
            ],
            Sentences("a.tsv", new ReaderOptions
            {
                Dev = "d.tsv",
                DevFraction = 0.3,
                SelectionFraction = 0.3,
                Calibration = "c.tsv",
                CalibrationFraction = 0.3,
            }));
        Assert.Equal(
            ["DevFraction: says how much of train becomes dev, which is read from dev.tsv; leave one of the two out."],
            Sentences("sst2:nowhere", new ReaderOptions { DevFraction = 0.3, SelectionFraction = 0.3 }));
    }

    [Fact]
    public void A_limit_below_the_number_of_labels()
    {
        using var folder = new TaskFolder();
        var file = folder.Add("mine.tsv", "text\tlabel\n" + TaskFolder.Rows(60, labels: 3));

        Assert.Equal(
            ["Limit: is 2, less than the task's 3 labels; give 3 or more, so that every label is trained."],
            folder.Refusal(file, new ReaderOptions { Limit = 2 }));
    }

    private static string[] Sentences(string spec, ReaderOptions options) =>
        [.. Assert.Throws<InputException>(() => DataSpec.Parse(spec, options)).Errors.Select(e => e.ToString())];
}

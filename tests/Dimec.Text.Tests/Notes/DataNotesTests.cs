namespace Dimec.Text.Tests.Notes;

/// <summary>What is assumed of data is said, in few lines, and only what applies.</summary>
public sealed class DataNotesTests : IDisposable
{
    private const string Header = "text\tlabel\n";
    private readonly TaskFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Ordinary_data_have_no_notes() => Assert.Empty(Notes("t.tsv", Header + TaskFolder.Rows(60)));

    [Theory]
    [InlineData("-1")]
    [InlineData("-")]
    [InlineData("NaN")]
    [InlineData("None")]
    [InlineData("-100")]
    [InlineData("n/a")]
    public void A_label_that_often_stands_for_none(string mark)
    {
        var rows = TaskFolder.Rows(60) + string.Concat(Enumerable.Range(0, 20).Select(i => $"unsure {i}\t{mark}\n"));
        var note = Assert.Single(Notes("t.tsv", Header + rows));
        Assert.StartsWith("20 of 80 samples have", note, StringComparison.Ordinal);
        Assert.Contains($"samples have the label \"{mark}\" (train ", note, StringComparison.Ordinal);

        var left = TaskFolder.Load(_folder.Add("t.tsv", Header + rows), new ReaderOptions { DropLabel = mark });
        Assert.Equal(["0", "1"], left.Labels);
        Assert.Equal([$"20 of 80 rows of {Path.Combine(_folder.Path, "t.tsv")} were left out by DropLabel."], left.Notes);
    }

    [Fact]
    public void Minus_one_and_one_are_two_classes_like_others() =>
        Assert.Empty(Notes("t.tsv", Header + string.Concat(Enumerable.Range(0, 60).Select(i => $"text {i}\t{((i % 2) * 2) - 1}\n"))));

    [Fact]
    public void Rows_without_a_label_can_be_left_out()
    {
        var json = string.Concat(Enumerable.Range(0, 60)
            .Select(i => $"{{\"text\":\"{i}\",\"label\":{(i % 3 == 0 ? "null" : i % 3 == 1 ? "1" : "\"two\"")}}}\n"));
        var file = _folder.Add("t.jsonl", json);
        Assert.Contains("leave such rows out with DropLabel \"\"", _folder.Refusal(file)[0], StringComparison.Ordinal);
        Assert.Equal(["1", "two"], TaskFolder.Load(file, new ReaderOptions { DropLabel = "" }).Labels);

        var tsv = _folder.Add("t.tsv", Header + TaskFolder.Rows(60) + "none\t\n");
        Assert.Equal(["0", "1"], TaskFolder.Load(tsv, new ReaderOptions { DropLabel = "" }).Labels);
        Assert.Equal(
            ["t.tsv: has no row left: all 1 have the label that DropLabel leaves out; give a file with labels."],
            _folder.Refusal(_folder.Add("t.tsv", Header + "a\t-1\n"), new ReaderOptions { DropLabel = "-1.0" }));
    }

    [Fact]
    public void A_test_part_without_labels_takes_one_line_that_says_what_to_do()
    {
        _folder.Add("train.tsv", "sentence\tlabel\n" + TaskFolder.Rows(50));
        _folder.Add("dev.tsv", "sentence\tlabel\na\t-1\nb\t-1\nc\t-1\n");
        Assert.Equal(
            ["dev.tsv line 2: has the label \"-1\" (as have 3 of its rows), which the training file train.tsv lacks "
                + "(its labels are \"0\", \"1\"); if it stands for rows without a label, leave them out with DropLabel \"-1\"."],
            _folder.Refusal($"sst2:{_folder.Path}"));
    }

    [Theory]
    [InlineData("1", "1.0", "1e0", "\"1\"", "\"1.0\"")]
    [InlineData("0", "-0", "0.0", "\"0\"")]
    [InlineData("12345678901234567890", "12345678901234567890.0", "\"12345678901234567890\"")]
    [InlineData("1.5", "1.50", "15e-1", "\"1.5\"")]
    [InlineData("true", "\"true\"")]
    public void One_number_is_one_class_in_json(params string[] spellings)
    {
        var rows = string.Concat(Enumerable.Range(0, 80)
            .Select(i => $"{{\"text\":\"text {i}\",\"label\":{(i % 2 == 0 ? "7" : spellings[i / 2 % spellings.Length])}}}\n"));
        Assert.Equal(2, TaskFolder.Load(_folder.Add("t.jsonl", rows)).Labels.Count);
    }

    [Fact]
    public void One_whole_number_is_one_class_in_all_files_and_said_where_texts_have_it()
    {
        var train = _folder.Add("train.tsv", Header + TaskFolder.Rows(60));
        var dev = _folder.Add("dev.tsv", Header + "a\t0.0\nb\t1.0\n");
        var data = TaskFolder.Load(train, new ReaderOptions { Dev = dev });
        Assert.Equal(["0", "1"], data.Labels);
        Assert.Equal([0, 1], data.Dev.Samples.Select(sample => sample.Label));
        Assert.Equal("The labels \"0\", \"0.0\" are one number and are taken as one class, \"0\".", data.Notes[0]);

        var versions = TaskFolder.Load(
            _folder.Add("t.tsv", Header + string.Concat(Enumerable.Range(0, 90).Select(i => $"text {i}\t{(i % 3) + 1}.0\n"))));
        Assert.Equal(["1.0", "2.0", "3.0"], versions.Labels);
        Assert.Empty(versions.Notes);
    }

    [Fact]
    public void Numbers_are_classes_in_their_own_order_whatever_their_form()
    {
        string[] labels = ["10.5", "2", "-3", "100000000000000000000", "100000000000000000001"];
        var data = TaskFolder.Load(
            _folder.Add("t.tsv", Header + string.Concat(Enumerable.Range(0, 100).Select(i => $"text {i}\t{labels[i % 5]}\n"))));
        Assert.Equal(["-3", "2", "10.5", "100000000000000000000", "100000000000000000001"], data.Labels);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("\u00A0\u200B")]
    [InlineData("\uFEFF")]
    public void Empty_texts_are_counted(string empty)
    {
        var note = Assert.Single(Notes("t.tsv", Header + TaskFolder.Rows(60) + $"{empty}\t1\n"));
        Assert.StartsWith("1 of 61 samples have an empty text (", note, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_that_stand_with_two_labels_are_counted()
    {
        var note = Assert.Single(Notes("t.tsv", Header + TaskFolder.Rows(60) + "same\t0\n same\t1\n"), note =>
            note.Contains("another label", StringComparison.Ordinal));
        Assert.Equal(
            "2 of 62 samples have a text that stands with another label as "
            + "well (1 different text), so not all of these labels can be right.", note);
    }

    [Fact]
    public void Classes_that_a_part_lacks_are_named_in_one_line()
    {
        var train = _folder.Add("train.tsv", Header + TaskFolder.Rows(60, labels: 3));
        var data = TaskFolder.Load(train, new ReaderOptions
        {
            Dev = _folder.Add("dev.tsv", Header + "a\t1\n"),
            Selection = _folder.Add("selection.tsv", Header + "b\t0\nc\t1\n"),
        });
        Assert.Equal(
            ["Of the classes, selection has none of \"2\"; dev has none of \"0\", \"2\": figures of these parts say nothing of them."],
            data.Notes);
    }

    [Fact]
    public void Quotes_that_a_writer_put_around_texts_are_noticed()
    {
        var note = Assert.Single(Notes("t.tsv", Header + TaskFolder.Rows(60) + "\"he said \"\"no\"\"\"\t1\n"));
        Assert.Contains("1 of 61 texts of ", note, StringComparison.Ordinal);
        Assert.Contains("stand in quotes, with quotes inside doubled, as a CSV writer puts them", note, StringComparison.Ordinal);
        Assert.Empty(Notes("t.tsv", Header + TaskFolder.Rows(60) + "\"no\"\t1\n\"he said \"no\"\"\t1\n"));
        Assert.Single(Notes("t.tsv", Header + string.Concat(Enumerable.Range(0, 60).Select(i => $"\"text {i}\"\t{i % 2}\n"))));
    }

    [Fact]
    public void Labels_in_two_normal_forms_are_named()
    {
        string[] labels = ["caf\u00E9", "cafe\u0301", "bar"];
        var note = Assert.Single(
            Notes("t.tsv", Header + string.Concat(Enumerable.Range(0, 60).Select(i => $"text {i}\t{labels[i % 3]}\n"))));
        Assert.Contains("Unicode normal form", note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data.csv", "is a .csv file, and no data that Dimec can read; write it as JSON lines")]
    [InlineData(
        "data.json", "is a .json file, and no data that Dimec can read; write one JSON object a line into a .jsonl file; or give sst2")]
    [InlineData("data.tsv.gz", "is a .gz file, and no data that Dimec can read; unpack it first; or give sst2")]
    [InlineData("data.parquet", "is a .parquet file")]
    public void A_file_of_another_kind_says_how_it_becomes_one(string spec, string sentence) =>
        Assert.Contains($"{spec}: {sentence}", Assert.Throws<InputException>(() => DataSpec.Parse(spec)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_that_holds_something_else_is_named_as_that()
    {
        Assert.Equal(
            ["t.tsv: is compressed with gzip; unpack it with gunzip."], _folder.Refusal(_folder.Add("t.tsv", [0x1F, 0x8B, 8, 0, 0])));
        Assert.Equal(
            ["t.jsonl: is a Parquet file; export it as JSON lines."], _folder.Refusal(_folder.Add("t.jsonl", "PAR1abc"u8.ToArray())));
    }

    private IReadOnlyList<string> Notes(string name, string content) => TaskFolder.Load(_folder.Add(name, content)).Notes;
}

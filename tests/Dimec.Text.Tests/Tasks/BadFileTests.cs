namespace Dimec.Text.Tests.Tasks;

/// <summary>Whole files, and GLUE's folders, that are not what they should be.</summary>
public sealed class BadFileTests : IDisposable
{
    private const string Header = "text\tlabel\n";
    private const string GlueHeader = "sentence\tlabel\n";
    private readonly TaskFolder _folder = new();

    [Theory]
    [InlineData("t.tsv")]
    [InlineData("t.jsonl")]
    public void A_file_of_white_space_is_empty(string name) =>
        Assert.Equal([$"{name}: is empty; give a file with rows."], _folder.Refusal(_folder.Add(name, "\uFEFF\n \n")));

    [Fact]
    public void A_number_past_the_last_column() =>
        Assert.Equal(
            ["t.tsv line 1: has 2 columns, so there is no column 2; give a number from 0 to 1 with LabelColumn."],
            _folder.Refusal(
                _folder.Add("t.tsv", "a\tx\nb\ty\n"), new ReaderOptions { NoHeader = true, TextColumn = "0", LabelColumn = "2" }));

    [Fact]
    public void A_file_in_utf16_is_no_text() =>
        Assert.Equal(["t.tsv: is UTF-16 where UTF-8 is expected; save it as UTF-8."], _folder.Refusal(
            _folder.Add("t.tsv", [.. System.Text.Encoding.Unicode.GetPreamble(), .. System.Text.Encoding.Unicode.GetBytes(Header)])));

    [Fact]
    public void Errors_of_all_files_come_together_and_a_hopeless_file_stops_at_twenty()
    {
        var file = _folder.Add("t.tsv", Header + string.Concat(Enumerable.Repeat("no label\n", 50)));
        var dev = _folder.Add("dev.tsv", Header + "a\tb\tc\n");

        var errors = _folder.Refusal(file, new ReaderOptions { Dev = dev, Selection = Path.Combine(_folder.Path, "absent.tsv") });

        Assert.Equal(23, errors.Length);
        Assert.Contains(
            "t.tsv line 21: was the last to be read, after 20 mistakes; mend them and run again to see whether there are more.", errors);
        Assert.Contains(
            "dev.tsv line 2: has 3 columns where the header has 2; remove the tabs too many; quotes do not protect them.", errors);
        Assert.Contains("absent.tsv: does not exist; check the path.", errors);
    }

    [Fact]
    public void A_folder_in_place_of_a_file_and_one_file_for_two_parts()
    {
        var file = _folder.Add("t.tsv", Header + TaskFolder.Rows(20));
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, "folder.tsv")).FullName;

        Assert.Equal(["folder.tsv: is a folder, not a file; name the file in it."], _folder.Refusal(folder));
        Assert.Equal(
            ["t.tsv: is given as train and as dev; give each part a file of its own."],
            _folder.Refusal(file, new ReaderOptions { Dev = file }));
    }

    [Fact]
    public void A_glue_folder_without_the_task_or_its_dev_file()
    {
        _folder.Add("glue/other.txt", "");
        var spec = $"sst2:{Path.Combine(_folder.Path, "glue")}";
        Assert.Equal(
            ["glue: holds neither train.tsv nor a folder SST-2; "
                + "give the folder that holds train.tsv, or the one that holds GLUE's folders: sst2:DIR."],
            _folder.Refusal(spec));

        _folder.Add("glue/SST-2/train.tsv", GlueHeader + TaskFolder.Rows(20));
        Assert.Equal([$"{Path.Combine("glue", "SST-2", "dev.tsv")}: does not exist; check the path."], _folder.Refusal(spec));
    }

    [Theory]
    [InlineData(
        "text\tlabel\nx\t1\n",
        "line 1: the header has no column \"sentence\" (it has \"text\", \"label\"); "
        + "give the task's file as GLUE's download script writes it (a test.tsv has no labels).")]
    [InlineData(
        GlueHeader + "a\t0\nb\t2\nc\t1\n",
        "line 3: has the label \"2\", which sst2 does not have (its labels are 0, 1); correct the label or remove the row.")]
    [InlineData(GlueHeader + "short\n", "has no usable row: all 1 are short of columns; check that the file is the task's own.")]
    public void A_glue_file_that_is_not_the_tasks_own(string train, string problem)
    {
        _folder.Add("train.tsv", train);
        _folder.Add("dev.tsv", GlueHeader + "x\t1\n");

        var error = Assert.Single(_folder.Refusal($"sst2:{_folder.Path}"));

        Assert.Equal(problem.StartsWith("line", StringComparison.Ordinal) ? $"train.tsv {problem}" : $"train.tsv: {problem}", error);
    }

    public void Dispose() => _folder.Dispose();
}

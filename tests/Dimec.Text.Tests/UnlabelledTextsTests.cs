namespace Dimec.Text.Tests;

public sealed class UnlabelledTextsTests
{
    private static readonly ReaderOptions s_columns = new() { TextColumn = "first", PairColumn = "second", LabelColumn = "kind" };

    [Fact]
    public void Texts_stand_where_those_of_the_data_do_and_labels_are_not_read()
    {
        using var folder = new TaskFolder();
        var spec = DataSpec.Parse("mine.tsv", s_columns);
        var tsv = folder.Add("more.tsv", "second\tfirst\tother\nb\ta\t\nd\tc\t?\n");
        var jsonl = folder.Add("more.jsonl", "{\"first\":\"a\",\"second\":\"b\"}\n\n{\"second\":\"d\",\"first\":\"c\",\"kind\":[]}\n");
        Sample[] expected = [new("unlabelled-0", "a", "b", -1), new("unlabelled-1", "c", "d", -1)];
        Assert.Equal(expected, Read(spec, tsv).Samples);
        Assert.Equal(expected, Read(spec, jsonl).Samples);
        Assert.Equal(new DataSource(tsv, Files.FileHash.Of(tsv)), Read(spec, tsv).Source);
    }

    [Fact]
    public void A_txt_has_a_text_a_line()
    {
        using var folder = new TaskFolder();
        var texts = Read(DataSpec.Parse("mine.jsonl"), folder.Add("more.TXT", "\uFEFFone \"1\"\ttab\r\n\r\n  \ntwo, ü"));
        Assert.Equal(
            [new Sample("unlabelled-0", "one \"1\"\ttab", null, -1), new Sample("unlabelled-1", "two, ü", null, -1)], texts.Samples);
    }

    [Fact]
    public void Without_a_header_columns_are_numbers_and_a_label_need_not_be_there()
    {
        using var folder = new TaskFolder();
        var spec = DataSpec.Parse("mine.tsv", new ReaderOptions { NoHeader = true, TextColumn = "1", LabelColumn = "2" });
        Assert.Equal(["a", "b"], Read(spec, folder.Add("more.tsv", "0\ta\n1\tb\n")).Samples.Select(sample => sample.Text));
    }

    /// <summary>CoLA's parts with labels have no header and four columns, its test part has two under a header.</summary>
    [Theory]
    [InlineData("cola:x", "index\tsentence\n0\tBill whistled.\n", "Bill whistled.", null)]
    [InlineData("mrpc:x", "index\t#1 ID\t#2 ID\t#1 String\t#2 String\n0\t1\t2\t\"A\tB\"\n", "\"A", "B\"")]
    public void A_glue_task_reads_its_test_part(string spec, string content, string text, string? pair)
    {
        using var folder = new TaskFolder();
        var texts = Read(DataSpec.Parse(spec), folder.Add("test.tsv", content));
        Assert.Equal([new Sample("unlabelled-0", text, pair, -1)], texts.Samples);
    }

    [Theory]
    [InlineData("more.tsv", "", "more.tsv: is empty; give a file with rows.")]
    [InlineData("more.txt", " \n\n", "more.txt: is empty; give a file with rows.")]
    [InlineData("more.jsonl", "", "more.jsonl: is empty; give a file with rows.")]
    [InlineData("more.tsv", "text\n", "more.tsv: has a header but no rows; add rows, or say NoHeader if the first line is one.")]
    [InlineData(
        "more.tsv", "sentence\tlabel\na\t1\n",
        "more.tsv line 1: the header has no column \"text\" (it has \"sentence\", \"label\"); "
        + "name the column with TextColumn, or say NoHeader if the first line is a row.")]
    [InlineData(
        "more.jsonl", "{\"sentence\":\"a\"}\n",
        "more.jsonl line 1: has no key \"text\" (it has \"sentence\"); add it, or name another with TextColumn.")]
    [InlineData(
        "more.csv", "text\na\n",
        "more.csv: is no file of texts that Dimec can read; give a .tsv, .jsonl or .txt file, the last with a text a line.")]
    public void A_wrong_file_is_one_sentence(string name, string content, string sentence)
    {
        using var folder = new TaskFolder();
        Assert.Equal(sentence, Refusal(folder, DataSpec.Parse("mine.tsv"), folder.Add(name, content)));
    }

    [Fact]
    public void Half_a_character_and_lines_for_pairs_are_refused()
    {
        using var folder = new TaskFolder();
        Assert.Equal(
            "more.txt line 1: is not valid UTF-8; save the file as UTF-8.",
            Refusal(folder, DataSpec.Parse("mine.tsv"), folder.Add("more.txt", [0xC3, (byte)'\n'])));
        Assert.Equal(
            "more.txt: has one text a line where samples are pairs of texts; give the pairs as a .tsv or .jsonl file.",
            Refusal(folder, DataSpec.Parse("mine.tsv", s_columns), folder.Add("more.txt", "a\n")));
    }

    [Fact]
    public void Texts_that_parts_have_are_left_out_white_space_around_them_apart()
    {
        using var folder = new TaskFolder();
        var texts = Read(DataSpec.Parse("mine.tsv"), folder.Add("more.txt", " a \nb\nA\na b\n"));
        var part = new Dataset("dev", [new Sample("0", "a", null, 0), new Sample("1", "b\t", null, 1)], ["0", "1"], hasPair: false);
        Assert.Equal(["A", "a b"], texts.Without([part]).Samples.Select(sample => sample.Text));
        Assert.Equal(texts.Source, texts.Without([part]).Source);
    }

    private static UnlabelledTexts Read(DataSpec spec, string path) => spec.ReadTexts(path, TestContext.Current.CancellationToken);

    private static string Refusal(TaskFolder folder, DataSpec spec, string path) =>
        Assert.Single(Assert.Throws<InputException>(() => Read(spec, path)).Errors).ToString()
            .Replace(folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
}

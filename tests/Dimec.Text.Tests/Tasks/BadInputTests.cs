namespace Dimec.Text.Tests.Tasks;

/// <summary>What is wrong with a user's files is one sentence: where, what, how to mend it.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string Header = "text\tlabel\n";
    private readonly TaskFolder _folder = new();

    public static TheoryData<string, string> Files => new()
    {
        { "", "t.tsv: is empty; give a file with rows." },
        { Header, "t.tsv: has a header but no rows; add rows, or say NoHeader if the first line is one." },
        {
            "text\tlab\na\tb\n",
            "t.tsv line 1: the header has no column \"label\" (it has \"text\", \"lab\"); "
            + "name the column with LabelColumn, or say NoHeader if the first line is a row."
        },
        {
            "text\ttext\tlabel\na\tb\tc\n",
            "t.tsv line 1: the header has the column \"text\" more than once; give every column a name of its own."
        },
        {
            Header + TaskFolder.Rows(3) + "a\tb\tc\n" + TaskFolder.Rows(40),
            "t.tsv line 5: has 3 columns where the header has 2; remove the tabs too many; quotes do not protect them."
        },
        {
            Header + TaskFolder.Rows(3) + "\"a\tb\"\tc\n" + TaskFolder.Rows(40),
            "t.tsv line 5: has 3 columns where the header has 2; remove the tabs too many; quotes do not protect them."
        },
        {
            Header + TaskFolder.Rows(3) + "a\n" + TaskFolder.Rows(40),
            "t.tsv line 5: has 1 column where the header has 2; add the columns that are missing."
        },
        {
            Header + TaskFolder.Rows(3) + "\n" + TaskFolder.Rows(40),
            "t.tsv line 5: has 1 column where the header has 2; add the columns that are missing."
        },
        {
            Header + TaskFolder.Rows(3) + "\"a\nb\nc\"\t1\n" + TaskFolder.Rows(40),
            "t.tsv line 5: has 1 column where the header has 2: a quote opens in it that does not close, "
            + "and quotes do not protect a line break; write texts without line breaks, or give the data as .jsonl."
        },
        {
            "\"text\"\t\"label\"\n\"a\"\t\"b\"\n",
            "t.tsv line 1: the header has its names in quotes, and quotes are part of a name or text here; "
            + "write the file without quotes (csv.QUOTE_NONE in Python), or as .jsonl."
        },
        {
            "text,label\na,b\n",
            "t.tsv line 1: the header has commas between its columns where tabs belong; write the file with tabs, or as .jsonl."
        },
        { "text\tlabel\ra\tb\r", "t.tsv: has lines that end with CR alone; save it with LF or CR LF at the ends of lines." },
        {
            Header + TaskFolder.Rows(40) + "a\t\n",
            "t.tsv line 42: has an empty label; give the row a label, remove it, or leave such rows out with DropLabel \"\"."
        },
        { Header + TaskFolder.Rows(40, labels: 1), "t.tsv: has one label only, \"0\"; give training data with two labels or more." },
        {
            Header + "a\t-1\nb\t-1\n",
            "t.tsv: has one label only, \"-1\"; give training data with labels: this one often stands for a row without any."
        },
        {
            Header + TaskFolder.Rows(4),
            "t.tsv: has too few different texts (4 samples of 2 labels) to split: nothing is left for dev; "
            + "add samples, or give these parts as files (Selection, Calibration, Dev)."
        },
    };

    public static TheoryData<string, string> JsonLines => new()
    {
        { "\n\n", "t.jsonl: is empty; give a file with rows." },
        {
            "{\"text\":\"a\",\n",
            "t.jsonl line 1: ends within an object; write one object a line, however long, and do not spread it over several."
        },
        {
            "[{\"text\":\"a\",\"label\":1},\n{\"text\":\"b\",\"label\":2}]\n",
            "t.jsonl line 1: is a JSON array where one object belongs; "
            + "write one object a line, without brackets around them and commas between them."
        },
        {
            "[1]\n",
            "t.jsonl line 1: is a JSON array where one object belongs; "
            + "write one object a line, without brackets around them and commas between them."
        },
        { "7\n", "t.jsonl line 1: is not a JSON object; write one object a line." },
        {
            "{\n\"text\":\"a\",\n\"label\":1\n}\n{\n\"text\":\"b\",\n\"label\":2\n}\n",
            "t.jsonl line 1: ends within an object; write one object a line, however long, and do not spread it over several."
        },
        {
            "{\"text\":\"a\",\"label\":1}\n\uFEFF{\"text\":\"a\",\"label\":2}\n",
            "t.jsonl line 2: begins with a byte-order mark that is not the file's first character; "
            + "remove it; where files were joined, each had one."
        },
        {
            "{\"text\":\"a\",\"label\":1}{\"text\":\"b\",\"label\":2}\n",
            "t.jsonl line 1: holds more than one object; write one object a line."
        },
        {
            "{\"text\":\"a\",\"label\":NaN}\n",
            "t.jsonl line 1: holds NaN or Infinity, which JSON does not have; write a number, or null where there is none."
        },
        { "{\"text\":\"a\",\"text\":\"b\",\"label\":2}\n", "t.jsonl line 1: names \"text\" twice; write each key once." },
        {
            "{\"text\":\"a\",\"label\":1}\r{\"text\":\"b\",\"label\":2}\r",
            "t.jsonl: has lines that end with CR alone; save it with LF or CR LF at the ends of lines."
        },
        { "{\"label\":2}\n", "t.jsonl line 1: has no key \"text\" (it has \"label\"); add it, or name another with TextColumn." },
        { "{\"text\":4,\"label\":2}\n", "t.jsonl line 1: \"text\" is a number where a text belongs; write a string." },
        {
            "{\"text\":\"a\",\"label\":null}\n",
            "t.jsonl line 1: \"label\" is null where a label belongs; "
            + "write a string, a number, true or false, or leave such rows out with DropLabel \"\"."
        },
        {
            "{\"text\":\"\\ud800\",\"label\":2}\n",
            "t.jsonl line 1: holds an escape sequence that is half a character; "
            + "write both halves of the surrogate pair, or the character itself."
        },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_tsv_file_that_is_wrong(string content, string message) =>
        Assert.Equal([message], _folder.Refusal(_folder.Add("t.tsv", content)));

    [Theory]
    [MemberData(nameof(JsonLines))]
    public void A_jsonl_file_that_is_wrong(string content, string message) =>
        Assert.Equal([message], _folder.Refusal(_folder.Add("t.jsonl", content)));

    [Fact]
    public void A_file_that_is_not_utf8_is_refused_with_its_line()
    {
        byte[] content = [.. System.Text.Encoding.UTF8.GetBytes(Header + TaskFolder.Rows(3)), 0xFF, (byte)'\t', (byte)'1', (byte)'\n'];

        Assert.Equal(["t.tsv line 5: is not valid UTF-8; save the file as UTF-8."], _folder.Refusal(_folder.Add("t.tsv", content)));
    }

    [Fact]
    public void A_label_that_train_lacks_is_refused_with_its_file_and_line()
    {
        var train = _folder.Add("train.tsv", Header + TaskFolder.Rows(50));
        var dev = _folder.Add("dev.tsv", Header + "a\t0\nb\t7\n");
        var selection = _folder.Add("selection.tsv", Header + "a\t8\n");

        Assert.Equal(
            [
                "selection.tsv line 2: has the label \"8\", which the training file train.tsv "
                + "lacks (its labels are \"0\", \"1\"); correct the label or remove the row.",
                "dev.tsv line 3: has the label \"7\", which the training file train.tsv "
                + "lacks (its labels are \"0\", \"1\"); correct the label or remove the row.",
            ],
            _folder.Refusal(train, new() { Dev = dev, Selection = selection }));
    }

    [Fact]
    public void Bad_rows_are_reported_together()
    {
        var path = _folder.Add("t.tsv", Header + "a\n" + TaskFolder.Rows(20) + "b\tc\td\n");

        Assert.Equal(2, _folder.Refusal(path).Length);
    }

    [Fact]
    public void Wrong_options_are_reported_together_before_a_file_is_read()
    {
        var options = new ReaderOptions { NoHeader = true, TextColumn = "words", LabelColumn = "1", DevFraction = 1.5, Limit = 1 };

        var exception = Assert.Throws<InputException>(() => DataSpec.Parse("absent.tsv", options));

        Assert.Equal(
            ["DevFraction", "Limit", "TextColumn", "the fractions split off train"], exception.Errors.Select(error => error.Where));
    }

    [Theory]
    [InlineData("")]
    [InlineData("wnli:DIR")]
    [InlineData("data.csv")]
    public void A_specification_that_names_nothing_lists_what_can_be_named(string spec) =>
        Assert.Contains(
            "sst2, cola, mrpc, rte, qnli, qqp, mnli", Assert.Throws<InputException>(() => DataSpec.Parse(spec)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_file_or_folder_that_is_absent_is_refused()
    {
        var train = _folder.Add("train.tsv", Header + TaskFolder.Rows(50));

        Assert.Equal(["absent.tsv: does not exist; check the path."], _folder.Refusal(Path.Combine(_folder.Path, "absent.tsv")));
        Assert.Equal(
            ["absent.tsv: does not exist; check the path."],
            _folder.Refusal(train, new() { Calibration = Path.Combine(_folder.Path, "absent.tsv") }));
        Assert.Equal(
            ["absent: does not exist; give the folder that holds train.tsv, or the one that holds GLUE's folders: rte:DIR."],
            _folder.Refusal($"rte:{Path.Combine(_folder.Path, "absent")}"));
    }

    [Theory]
    [InlineData("", "a file's name: is empty; name a file.")]
    [InlineData("d\0ev.tsv", "d?ev.tsv: holds a NUL character, which no file's name can; name the file without it.")]
    public void A_name_that_no_file_can_have(string dev, string sentence)
    {
        _folder.Add("train.tsv", "sentence\tlabel\n" + TaskFolder.Rows(50));

        Assert.Equal([sentence], _folder.Refusal($"sst2:{_folder.Path}", new ReaderOptions { Dev = dev }));
    }

    [Fact]
    public void A_column_of_names_in_place_of_labels_takes_one_line()
    {
        var error = Assert.Single(
            _folder.Refusal(_folder.Add("t.tsv", Header + string.Concat(Enumerable.Range(0, 500).Select(i => $"text {i}\tid {i}\n")))));

        Assert.Equal(
            "t.tsv: has too few different texts (500 samples of 500 labels) to split: nothing is left for selection and "
            + "calibration and dev; name the right column with LabelColumn, as nearly every row has a label of its own.", error);
    }

    [Fact]
    public void Column_options_are_not_for_a_task_with_a_layout_of_its_own()
    {
        var exception = Assert.Throws<InputException>(() => DataSpec.Parse("sst2:DIR", new() { TextColumn = "text", NoHeader = true }));

        Assert.Equal(["TextColumn", "NoHeader"], exception.Errors.Select(error => error.Where));
    }

    public void Dispose() => _folder.Dispose();
}

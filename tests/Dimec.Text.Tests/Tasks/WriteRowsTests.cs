namespace Dimec.Text.Tests.Tasks;

/// <summary>Chosen rows come back in the file's own format, byte for byte.</summary>
public sealed class WriteRowsTests : IDisposable
{
    private readonly TaskFolder _folder = new();

    [Theory]
    [InlineData("t.tsv", "\uFEFFtext\tlabel\r\n", "\"é {0}\t{1}\r\n")]
    [InlineData("t.tsv", "text\tlabel\n", "  a {0} \t{1} \n")]
    [InlineData("t.jsonl", "", "{{ \"label\":{1},\"more\":[], \"text\" : \"\\u00e9 {0}\" }}\n")]
    public void Rows_in_the_order_asked_for(string name, string header, string row)
    {
        string Row(int i) => string.Format(System.Globalization.CultureInfo.InvariantCulture, row, i, i % 2);
        var path = _folder.Add(name, header + string.Concat(Enumerable.Range(0, 60).Select(Row)));

        Assert.Equal(header + Row(17) + Row(3) + Row(59), Written(TaskFolder.Load(path), "train-17", "train-3", "train-59"));
        // As a training elsewhere names them.
        Assert.Equal(header + Row(17) + Row(3), Written(TaskFolder.Load(path), "17", "3"));
    }

    [Fact]
    public void A_last_row_without_a_line_end_gets_one_before_another()
    {
        var path = _folder.Add("t.tsv", "text\tlabel\n" + TaskFolder.Rows(60).TrimEnd('\n'));

        Assert.Equal("text\tlabel\ntext 59\t1\ntext 0\t0\n", Written(TaskFolder.Load(path), "train-59", "train-0"));
    }

    [Fact]
    public void A_guid_that_is_no_row_is_refused_and_nothing_is_written()
    {
        var data = TaskFolder.Load(_folder.Add("t.tsv", "text\tlabel\n" + TaskFolder.Rows(60)));
        using var output = new MemoryStream();

        Assert.Contains(
            "use guids from train-0 to train-59",
            Assert.Throws<InputException>(() => data.WriteRows(["train-1", "train-60"], output)).Message, StringComparison.Ordinal);
        Assert.Equal(0, output.Length);
        Assert.Equal("60", Assert.Throws<InputException>(() => data.WriteRows(["1", "60"], output)).Errors.Single().Where);
        Assert.Equal(0, output.Length);
    }

    [Fact]
    public void A_file_that_changed_is_refused()
    {
        var path = _folder.Add("t.tsv", "text\tlabel\n" + TaskFolder.Rows(60));
        var data = TaskFolder.Load(path);
        File.AppendAllText(path, "more\t1\n");

        Assert.Contains(
            "has changed since it was read", Assert.Throws<InputException>(() => Written(data, "train-1")).Message,
            StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static string Written(TaskData data, params string[] guids)
    {
        using var output = new MemoryStream();
        data.WriteRows(guids, output);
        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }
}

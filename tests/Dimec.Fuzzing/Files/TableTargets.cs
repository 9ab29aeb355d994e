using Dimec.Fuzzing.Made;
using Dimec.Routing;
using Dimec.Text;

namespace Dimec.Fuzzing.Files;

/// <summary>Files of rows: router tables, tasks, texts.</summary>
internal static class TableTargets
{
    private static readonly string s_labelled = "text\tpair\tlabel\n"
        + string.Concat(Enumerable.Range(0, 24).Select(i => $"text {i}\tother {i % 5}\t{i % 2}\n"));

    private static readonly string s_lines = string.Join('\n', Enumerable.Range(0, 24)
        .Select(i => $"{{\"text\":\"text {i}\",\"pair\":\"\\u00e9\",\"label\":{(i % 4 < 2 ? $"{i % 2}" : $"\"{i % 2}\"")}}}"));

    private static readonly string s_glue = "sentence\tlabel\n" + string.Concat(
        Enumerable.Range(0, 24).Select(i => $"text {i}\t{i % 2}\n"));

    private static readonly string s_cola =
        string.Concat(Enumerable.Range(0, 24).Select(i => $"gj04\t{i % 2}\t{(i % 2 == 0 ? "*" : "")}\ttext {i}\n"));

    public static IEnumerable<Func<FuzzTarget>> All =>
    [
        () => new TableTarget("router-csv", "router tables with commas", Documents.Router, ',', "table.csv",
            path => RouterTable.Read(path)),
        () => new TableTarget("router-tsv", "router tables with tabs", Documents.Answers, '\t', "table.tsv",
            path => RouterTable.Read(path)),
        () => new LinesTarget("router-jsonl", "router tables of JSON lines", Documents.RouterLines, "table.jsonl",
            path => RouterTable.Read(path)),
        () => new TableTarget("task-tsv", "tasks with tabs", s_labelled, '\t', "task.tsv", path =>
            DataSpec.Parse(path, new ReaderOptions { PairColumn = "pair" }).Load()),
        () => new TableTarget("task-rows", "tasks with tabs and no header", s_labelled, '\t', "rows.tsv", path =>
            DataSpec.Parse(path, new ReaderOptions { NoHeader = true, TextColumn = "0", PairColumn = "1", LabelColumn = "2" }).Load()),
        () => new LinesTarget("task-jsonl", "tasks of JSON lines", s_lines, "task.jsonl", path =>
            DataSpec.Parse(path, new ReaderOptions { PairColumn = "pair" }).Load()),
        () => new TableTarget("glue-sst2", "GLUE's layout with a header", s_glue, '\t', "SST-2/train.tsv",
            path => Glue("sst2", path, s_glue)),
        () => new TableTarget("glue-cola", "GLUE's layout without one", s_cola, '\t', "CoLA/train.tsv", path => Glue("cola", path, s_cola)),
        () => new TableTarget("texts", "texts without labels, a line each", "a text\nanother\n\nthird, text\n", ' ', "texts.txt", path =>
            DataSpec.Parse("sdk-docs").ReadTexts(path)),
    ];

    private static void Glue(string task, string path, string dev)
    {
        var folder = Path.GetDirectoryName(path)!;
        var other = Path.Combine(folder, "dev.tsv");
        if (!File.Exists(other))
            File.WriteAllText(other, dev.Replace("text", "other text", StringComparison.Ordinal));
        DataSpec.Parse($"{task}:{folder}").Load();
    }
}

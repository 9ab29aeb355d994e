using Dimec.Text;

namespace Dimec.Exits.Bench;

/// <summary>
/// A task's parts, as texts and as token ids. What is chosen, is chosen on selection and calibration together; dev is reported.
/// </summary>
internal sealed record BenchTask(string Name, int Classes, BenchPart Train, BenchPart Chosen, BenchPart Dev)
{
    public const string Tokenizer = "0000000000000000000000000000000000000000000000000000000000000000";

    public static List<BenchTask> Load(string tokenizer, string data, string[] names)
    {
        (string Name, string Spec, int? Limit)[] all =
        [
            ("sdk-docs", "sdk-docs", null),
            ("sdk-docs-4k", "sdk-docs", 4000),
            ("sst2-16k", $"sst2:{data}/glue", 16000),
            ("sst2", $"sst2:{data}/glue", null),
            ("cola", $"cola:{data}/glue", null),
            ("mrpc", $"mrpc:{data}/glue", null),
            ("rte", $"rte:{data}/glue", null),
            ("qnli-part", $"qnli:{data}/qnli-part", null),
        ];
        var words = WordPieceTokenizer.FromFolder(tokenizer);
        var tasks = new List<BenchTask>();
        foreach (var (name, spec, limit) in all.Where(task => names.Length == 0 || names.Contains(task.Name)))
        {
            var read = DataSpec.Parse(spec, new ReaderOptions { Limit = limit }).Load();
            tasks.Add(new BenchTask(
                name, read.Labels.Count, new BenchPart(read.Train.Samples, words),
                new BenchPart([.. read.Selection.Samples, .. read.Calibration.Samples], words), new BenchPart(read.Dev.Samples, words)));
        }

        return tasks;
    }
}

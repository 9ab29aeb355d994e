namespace Dimec.Text.Tasks;

/// <summary>The GLUE tasks (Wang et al. 2019) that Dimec reads.</summary>
internal static class GlueTasks
{
    private const string DevFile = "dev.tsv";
    private static readonly string[] s_binary = ["0", "1"];
    private static readonly string[] s_entailment = ["entailment", "not_entailment"];
    private static readonly string[] s_inference = ["entailment", "neutral", "contradiction"];

    public static IReadOnlyList<GlueTask> All { get; } =
    [
        new("sst2", "SST-2", DevFile, true, new("sentence", null, "label"), s_binary),
        // Without a header: source, label, the author's mark, sentence.
        new("cola", "CoLA", DevFile, false, new("3", null, "1"), s_binary),
        new("mrpc", "MRPC", DevFile, true, new("#1 String", "#2 String", "Quality"), s_binary),
        new("rte", "RTE", DevFile, true, new("sentence1", "sentence2", "label"), s_entailment),
        new("qnli", "QNLI", DevFile, true, new("question", "sentence", "label"), s_entailment),
        new("qqp", "QQP", DevFile, true, new("question1", "question2", "is_duplicate"), s_binary),
        // Train has 12 columns and dev 16 (five annotators' labels), so only the names fit both.
        new("mnli", "MNLI", "dev_matched.tsv", true, new("sentence1", "sentence2", "gold_label"), s_inference),
        new("mnli-mm", "MNLI", "dev_mismatched.tsv", true, new("sentence1", "sentence2", "gold_label"), s_inference),
    ];

    public static GlueTask? Find(string name) => All.FirstOrDefault(t => t.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}

namespace Dimec.Text.Tests.Tasks;

/// <summary>Files made in the layouts of the GLUE tasks that were not to be had.</summary>
public sealed class MadeGlueTests : IDisposable
{
    private const string QqpHeader = "id\tqid1\tqid2\tquestion1\tquestion2\tis_duplicate\n";
    private const string MnliStart =
        "index\tpromptID\tpairID\tgenre\tsentence1_binary_parse\tsentence2_bi"
        + "nary_parse\tsentence1_parse\tsentence2_parse\tsentence1\tsentence2\t";

    private static readonly string[] s_inferences = ["entailment", "neutral", "contradiction"];
    private readonly TaskFolder _folder = new();

    [Fact]
    public void Qqp_skips_short_rows_and_counts_them()
    {
        _folder.Add("QQP/train.tsv", QqpHeader
            + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i}\t1\t2\t\"How {i}\tWhy {i}?\"\t{i % 2}\n")) + "60\t1\t2\tHow\n");
        _folder.Add("QQP/dev.tsv", QqpHeader + "0\t1\t2\tWho?\tWhom?\t1\n1\tshort\n");

        var data = TaskFolder.Load($"qqp:{_folder.Path}");

        Assert.Equal((1, 1), (data.Train.Skipped, data.Dev.Skipped));
        Assert.Equal(60, data.Train.Samples.Count + data.Selection.Samples.Count + data.Calibration.Samples.Count);
        Assert.Equal([new Sample("dev-0", "Who?", "Whom?", 1)], data.Dev.Samples);
        Assert.Contains(data.Train.Samples, sample => sample.Text.StartsWith('"') && sample.Pair!.EndsWith('"'));
        Assert.Equal("f1", data.Metric);
    }

    [Theory]
    [InlineData("mnli", "matched")]
    [InlineData("mnli-mm", "mismatched")]
    public void Mnli_reads_the_gold_label_wherever_it_stands(string task, string dev)
    {
        _folder.Add(
            "train.tsv",
            MnliStart + "label1\tgold_label\n" + string.Concat(Enumerable.Range(0, 90).Select(i => Row(i, "wrong", s_inferences[i % 3]))));
        foreach (var part in (string[])["matched", "mismatched"])
        {
            _folder.Add(
                $"dev_{part}.tsv",
                MnliStart + "label1\tlabel2\tlabel3\tlabel4\tlabel5\tgold_label\n" + Row(0, "a\ta\ta\ta\ta", "contradiction", part));
        }

        var data = TaskFolder.Load($"{task}:{_folder.Path}");

        Assert.Equal(s_inferences, data.Labels);
        Assert.Equal((dev, 2), (data.Dev.Samples[0].Text, data.Dev.Samples[0].Label));
        Assert.All(data.Train.Samples, sample =>
            Assert.Equal(int.Parse(sample.Guid["train-".Length..], System.Globalization.CultureInfo.InvariantCulture) % 3, sample.Label));
    }

    [Fact]
    public void Qnli_reads_question_and_sentence_and_takes_a_part_from_a_file_of_the_same_layout()
    {
        const string Header = "index\tquestion\tsentence\tlabel\n";
        _folder.Add("train.tsv", Header + string.Concat(Enumerable.Range(0, 20)
            .Select(i => $"{i}\tq {i}\ts {i}\t{(i % 2 == 0 ? "not_entailment" : "entailment")}\r\n")));
        _folder.Add("dev.tsv", Header + "0\tq\ts\tentailment\n");
        var selection = _folder.Add("mine.tsv", Header + "0\tchosen\ts\tnot_entailment");

        var data = TaskFolder.Load($"qnli:{_folder.Path}", new() { Selection = selection });

        Assert.Equal([new Sample("selection-0", "chosen", "s", 1)], data.Selection.Samples);
        Assert.Equal([new Sample("dev-0", "q", "s", 0)], data.Dev.Samples);
        Assert.Equal((18, 2), (data.Train.Samples.Count, data.Calibration.Samples.Count));
    }

    [Fact]
    public void Cola_has_no_header_and_is_reported_with_matthews()
    {
        _folder.Add("CoLA/train.tsv", string.Concat(Enumerable.Range(0, 20).Select(i => $"gj04\t{i % 2}\t*\tSentence {i}.\n")));
        _folder.Add("CoLA/dev.tsv", "gj04\t0\t*\tOf.\n");

        var data = TaskFolder.Load($"cola:{_folder.Path}");

        Assert.Equal("matthews", data.Metric);
        Assert.Equal(20, data.Train.Samples.Count + data.Selection.Samples.Count + data.Calibration.Samples.Count);
        Assert.Equal([new Sample("dev-0", "Of.", null, 0)], data.Dev.Samples);
    }

    [Fact]
    public void Numeric_labels_are_in_order_of_value_and_others_in_ordinal_order()
    {
        var numbers = _folder.Add("n.tsv", "text\tlabel\n" + TaskFolder.Rows(120, labels: 12));
        var names = _folder.Add(
            "w.tsv", "text\tlabel\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"t {i}\t{(i % 2 == 0 ? "b" : "B")}\n")));

        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"], TaskFolder.Load(numbers).Labels);
        Assert.Equal(["B", "b"], TaskFolder.Load(names).Labels);
    }

    public void Dispose() => _folder.Dispose();

    private static string Row(int i, string annotators, string gold, string text = "premise") =>
        $"{i}\tp\tp\tg\tb\tb\tp\tp\t{text}\thypothesis {i}\t{annotators}\t{gold}\n";
}

using CsCheck;

namespace Dimec.Text.Tests.Splits;

public sealed class SplitTests
{
    private static readonly Gen<(string Text, int Label)[]> s_rows =
        Gen.Select(Gen.Int[0, 150].Select(i => $"text {i}"), Gen.Int[0, 2]).Array[80, 300];

    [Fact]
    public void No_text_is_in_two_parts_and_no_row_is_lost() =>
        s_rows.Sample(rows =>
        {
            var parts = Parts(Load(rows));
            Assert.Equal(rows.Length, parts.Sum(part => part.Samples.Count));
            Assert.Equal(rows.Length, parts.SelectMany(part => part.Samples).Select(sample => sample.Guid).Distinct().Count());
            Assert.Equal(parts.Sum(part => Texts(part).Distinct().Count()), parts.SelectMany(Texts).Distinct().Count());
        }, iter: 50);

    [Fact]
    public void The_split_does_not_depend_on_the_order_of_the_rows() =>
        Gen.Select(s_rows, Gen.Int).Sample((rows, seed) =>
        {
            var shuffled = rows.ToArray();
            new Random(seed).Shuffle(shuffled);
            foreach (var (first, second) in Parts(Load(rows)).Zip(Parts(Load(shuffled))))
                Assert.Equal(Texts(first).Order(), Texts(second).Order());
        }, iter: 50);

    [Fact]
    public void Another_seed_is_another_split()
    {
        var rows = Enumerable.Range(0, 200).Select(i => ($"text {i}", i % 2)).ToArray();

        Assert.NotEqual(Texts(Load(rows).Dev), Texts(Load(rows, new() { Seed = 1 }).Dev));
    }

    [Fact]
    public void Every_machine_splits_alike()
    {
        // Worked out in Python: of each label's 20 texts, in the order of SHA-256 over the seed (int64), the text's length (int32) and the
        // text, the first two are selection's, the next two calibration's, the next two dev's.
        var rows = Enumerable.Range(0, 40).Select(i => ($"text {i}", i % 2)).ToArray();

        Assert.Equal(["train-21", "train-25", "train-30", "train-32"], Load(rows).Dev.Samples.Select(sample => sample.Guid));
    }

    [Fact]
    public void Parts_have_the_stated_shares_of_every_label()
    {
        var data = Load([.. Enumerable.Range(0, 1000).Select(i => ($"text {i}", i % 10 == 0 ? 1 : 0))]);

        foreach (var part in (Dataset[])[data.Selection, data.Calibration, data.Dev])
            Assert.Equal((90, 10), (part.Samples.Count(sample => sample.Label == 0), part.Samples.Count(sample => sample.Label == 1)));
    }

    [Fact]
    public void A_limit_keeps_the_shares_and_leaves_the_other_parts_alone()
    {
        var rows = Enumerable.Range(0, 1000).Select(i => ($"text {i}", i % 10 == 0 ? 1 : 0)).ToArray();
        var (whole, limited) = (Load(rows), Load(rows, new() { Limit = 100 }));

        Assert.Equal(
            (90, 10), (limited.Train.Samples.Count(sample => sample.Label == 0), limited.Train.Samples.Count(sample => sample.Label == 1)));
        Assert.Subset(whole.Train.Samples.ToHashSet(), limited.Train.Samples.ToHashSet());
        Assert.Equal(whole.Selection.Samples, limited.Selection.Samples);
    }

    private static Dataset[] Parts(TaskData data) => [data.Train, data.Selection, data.Calibration, data.Dev];

    private static IEnumerable<string> Texts(Dataset part) => part.Samples.Select(sample => sample.Text);

    private static TaskData Load((string Text, int Label)[] rows, ReaderOptions? options = null)
    {
        using var folder = new TaskFolder();
        return TaskFolder.Load(
            folder.Add("t.tsv", "text\tlabel\n" + string.Concat(rows.Select(row => $"{row.Text}\t{row.Label}\n"))), options);
    }
}

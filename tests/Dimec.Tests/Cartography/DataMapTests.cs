using System.Globalization;
using CsCheck;
using Dimec.Cartography;
using static Dimec.Tests.Cartography.Dynamics;

namespace Dimec.Tests.Cartography;

public class DataMapTests
{
    [Fact]
    public void A_sample_worked_by_hand()
    {
        // The true class has probability 1/2, then 1 (saturated), then 0: correct (a tie goes to the first class), correct, forgotten.
        var metrics = Assert.Single(
            Map(Epoch(0, Row("7", 0, "2, 2", "0")), Epoch(1, Row("7", 1, "1e4, -1e4", "0")), Epoch(2, Row("7", 2, "-1e4, 1e4", "0"))));

        Assert.Equal(new SampleGuid("7", IsNumber: true), metrics.Guid);
        Assert.Equal(0.5, metrics.Confidence, 1e-12);
        Assert.Equal(Math.Sqrt(1 / 6.0), metrics.Variability, 1e-12);
        Assert.Equal(0.25, metrics.ThresholdCloseness, 1e-12);
        Assert.Equal((2, 1), (metrics.Correctness, metrics.Forgetfulness));
    }

    [Fact]
    public void A_tie_goes_to_the_first_class() =>
        Assert.Equal([1, 0], Map(Epoch(0, Row("1", 0, "3, 3, 1", "0"), Row("2", 0, "3, 3, 1", "1"))).Select(sample => sample.Correctness));

    [Fact]
    public void Logits_that_differ_only_in_double_are_compared_in_double() =>
        Assert.Equal(1, Assert.Single(Map(Epoch(0, Row("1", 0, "1.00000000001, 1.00000000002", "1")))).Correctness);

    [Fact]
    public void A_sample_never_learnt_has_forgetfulness_1000() =>
        Assert.Equal(1000, Assert.Single(Map(Epoch(0, Row("1", 0, "3, 1", "1")), Epoch(1, Row("1", 1, "3, 1", "1")))).Forgetfulness);

    [Fact]
    public void Numbers_and_texts_are_different_guids() =>
        Assert.Equal(
            [new SampleGuid("1", IsNumber: true), new SampleGuid("1")],
            Map(Epoch(0, Row("1", 0, "3, 1", "1"), Row("\"1\"", 0, "3, 1", "1"))).Select(sample => sample.Guid));

    [Fact]
    public void Burn_out_keeps_the_first_epochs_and_does_not_open_the_rest()
    {
        var later = new DynamicsEpoch(1, "dynamics_epoch_1.jsonl", () => throw new InvalidOperationException("opened"));
        Assert.Equal(1, Assert.Single(Map(new CartographyOptions { BurnOut = 1 }, Epoch(0, Row("1", 0, "1, 3", "1")), later)).Correctness);
    }

    [Fact]
    public void White_space_a_byte_order_mark_crlf_and_unknown_keys_do_no_harm()
    {
        var epoch = new DynamicsEpoch(0, "e", () => TextFiles.Stream(
            "\uFEFF{\"guid\":1,\"x\":{\"y\":[1]},\"gold\":1,\"logits_epoch_0\":[0,1]}\r\n"
            + "\r\n  \n{\"guid\":2,\"gold\":1,\"logits_epoch_0\":[0,1]}"));
        Assert.Equal(2, Map(epoch).Count);
    }

    [Fact]
    public void Escaped_and_plain_guids_are_the_same_guid() =>
        Assert.Equal(
            "aé", Assert.Single(Map(Epoch(0, Row("\"a\\u00e9\"", 0, "0, 1", "1")), Epoch(1, Row("\"aé\"", 1, "0, 1", "1")))).Guid.Text);

    /// <summary>
    /// However the rows of later epochs are shuffled, the map is that of the sorted ones, in the order of the first epoch.
    /// </summary>
    [Fact]
    public void Row_order_of_later_epochs_does_not_matter()
    {
        var gen = from n in Gen.Int[1, 40]
                  from epochs in Gen.Int[1, 5]
                  from logits in Gen.Double[-5, 5].Array[n * epochs * 3]
                  from orders in Gen.Shuffle(Enumerable.Range(0, n).ToArray()).Array[epochs]
                  from keep in Gen.Int[0, n]
                  select (n, epochs, logits, orders, keep);
        gen.Sample(t =>
        {
            DynamicsEpoch Make(int e, IEnumerable<int> order) => Epoch(e, [.. order.Select(i =>
                Row($"\"s{i}\"", e, string.Join(',', t.logits
                    .Skip(((i * t.epochs) + e) * 3)
                    .Take(3)
                    .Select(x => x.ToString(CultureInfo.InvariantCulture))), $"{i % 3}"))]);
            var straight = Map([.. Enumerable.Range(0, t.epochs).Select(e => Make(e, Enumerable.Range(0, t.n)))]);
            // The first rows agree, so that the change from lock-step to join happens anywhere.
            var shuffled = Map([.. Enumerable.Range(0, t.epochs).Select(e => Make(e, e == 0
                ? Enumerable.Range(0, t.n)
                : Enumerable.Range(0, t.keep).Concat(t.orders[e].Where(i => i >= t.keep))))]);
            Assert.Equal(straight, shuffled);
        });
    }

    [Fact]
    public void Metrics_equal_an_independent_restatement()
    {
        var gen = from epochs in Gen.Int[2, 9]
                  from classes in Gen.Int[2, 6]
                  from logits in Gen.Float[-20, 20].Array[epochs * classes]
                  from gold in Gen.Int[0, classes - 1]
                  from ci in Gen.Bool
                  select (epochs, classes, logits, gold, ci);
        gen.Sample(t =>
        {
            var rows = Enumerable.Range(0, t.epochs)
                .Select(e => t.logits.Skip(e * t.classes).Take(t.classes).Select(x => (double)x).ToArray())
                .ToArray();
            var actual = Assert.Single(Map(
                new CartographyOptions { IncludeCi = t.ci },
                [.. rows.Select((row, e) =>
                    Epoch(e, Row("1", e, string.Join(',', row.Select(x => x.ToString(CultureInfo.InvariantCulture))), $"{t.gold}")))]));

            var p = rows.Select(row => Math.Exp(row[t.gold]) / row.Sum(Math.Exp)).ToArray();
            var right = rows.Select(row => Array.IndexOf(row, row.Max()) == t.gold).ToArray();
            var variance = p.Average(x => x * x) - (p.Average() * p.Average());
            var widened = t.ci ? variance + (variance * variance / (t.epochs - 1)) : variance;
            Assert.Equal(p.Average(), actual.Confidence, 1e-6);
            Assert.Equal(widened, actual.Variability * actual.Variability, 1e-6);
            Assert.Equal(right.Count(x => x), actual.Correctness);
            Assert.Equal(right.Any(x => x) ? right.Zip(right.Skip(1)).Count(x => x.First && !x.Second) : 1000, actual.Forgetfulness);
        });
    }
}

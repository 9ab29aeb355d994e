using Dimec.Cartography;
using static Dimec.Tests.Cartography.Dynamics;

namespace Dimec.Tests.Cartography;

/// <summary>Every way in which dynamics can be wrong gets one sentence that says what, where and how to mend it.</summary>
public class HostileDynamicsTests
{
    private const string First = "dynamics_epoch_0.jsonl";
    private const string Second = "dynamics_epoch_1.jsonl";

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("1e39")]
    [InlineData("-1e400")]
    [InlineData("\"NaN\"")]
    [InlineData("null")]
    public void Logits_that_are_not_finite(string logit)
    {
        var error = Refused(Epoch(0, Row("\"a\"", 0, "1, 2", "0"), Row("\"b\"", 0, $"1, {logit}", "0")));
        Assert.Equal($"{First} line 2", error.Where);
        Assert.Contains("guid 'b' has a logit that is no finite", error.Problem);
        Assert.Contains("lower learning rate", error.Fix);
    }

    [Theory]
    [InlineData("""{"guid": 1, "logits_epoch_0": [1, 2], "gold": 0""", "ends within an object")]
    [InlineData("""{"guid": 1, "logits_epoch_0": [1, 2], "gold": 0} x""", "goes on after its object")]
    [InlineData("""{"guid": 1, "logits_epoch_0": [1, 2], "gold": 0},""", "goes on with a comma after its object")]
    [InlineData("""{"guid": 1, "logits_epoch_0": [1, 2], "gold": 0} {"guid": 2}""", "holds more than one object")]
    [InlineData("""{"guid": 1 "gold": 0}""", "is not well-formed JSON")]
    [InlineData("{'guid': 1}", "has single quotes, as Python shows a dictionary")]
    [InlineData("[1]", "is a JSON array where one object belongs")]
    [InlineData("5", "is not a JSON object")]
    [InlineData("""{"logits_epoch_0": [1, 2], "gold": 0}""", "has no guid")]
    [InlineData("""{"guid": [1], "logits_epoch_0": [1, 2], "gold": 0}""", "neither a text nor a number")]
    [InlineData(
        """{"guid": 1, "logits_epoch_1": [1, 2], "gold": 0}""", "guid '1' has its logits under 'logits_epoch_1' where this is epoch 0")]
    [InlineData("""{"guid": 1, "logits_epoch_0": [], "gold": 0}""", "has no logits under 'logits_epoch_0'")]
    [InlineData("""{"guid": 1, "gold": 0}""", "has no logits under 'logits_epoch_0'")]
    [InlineData("""{"guid": 1, "logits_epoch_0": [[1, 2]], "gold": 0}""", "guid '1' has its logits in a list of their own, [[…]]")]
    [InlineData("""{"guid": 1, "logits_epoch_0": ["1", "2"], "gold": 0}""", "guid '1' has the text \"1\" among its logits")]
    [InlineData("""{"guid": 1, "logits_epoch_0": [true, 2], "gold": 0}""", "guid '1' has true among its logits")]
    [InlineData("""{"guid": 1, "logits_epoch_0": 5, "gold": 0}""", "logits that are no array")]
    [InlineData("""{"guid": 1, "logits_epoch_0": [1, 2]}""", "has no gold")]
    [InlineData("""{"guid": 1, "logits_epoch_0": [1, 2], "gold": "yes"}""", "gold that is no whole number but the text \"yes\"")]
    [InlineData("""{"guid": 1, "logits_epoch_0": [1, 2], "gold": 0.5}""", "gold that is no whole number but 0.5")]
    [InlineData("""{"guid": 1, "logits_epoch_0": [1, 2], "gold": true}""", "gold that is no whole number but true")]
    [InlineData("""{"guid": 1, "logits_epoch_0": [1, 2], "gold": [0]}""", "gold that is no whole number but a list")]
    [InlineData("""{"guid": 1, "logits_epoch_0": [1, 2], "gold": 1e400}""", "gold that is no whole number but 1e400")]
    [InlineData("""{"guid": 1, "guid": 1, "logits_epoch_0": [1, 2], "gold": 0}""", "names \"guid\" twice")]
    [InlineData("""{"guid": 1, "logits_epoch_0": [1, 2], "gold": 0, "gold": 1}""", "names \"gold\" twice")]
    [InlineData("""{"guid": 1, "logits_epoch_0": [1, 2], "logits_epoch_0": [], "gold": 0}""", "names \"logits_epoch_0\" twice")]
    [InlineData("""{"guid": 1, "logits_epoch_0": [1, 2], "gold": 2}""", "has gold 2 with 2 classes")]
    [InlineData("""{"guid": 1, "logits_epoch_0": [1, 2], "gold": -1}""", "has gold -1 with 2 classes")]
    [InlineData("""{"guid": 0, "logits_epoch_0": [1, 2], "gold": 0}""", "guid '0' comes a second time")]
    [InlineData("""{"guid": 1, "logits_epoch_0": [1, 2, 3], "gold": 0}""", "has 3 logits where dynamics_epoch_0.jsonl begins with 2")]
    public void A_malformed_line(string line, string problem)
    {
        var error = Refused(Epoch(0, Row("0", 0, "1, 2", "0"), line));
        Assert.Equal($"{First} line 2", error.Where);
        Assert.Contains(problem, error.Problem);
        Assert.NotEmpty(error.Fix);
    }

    [Fact]
    public void Text_that_is_not_utf8()
    {
        var epoch = new DynamicsEpoch(
            0, First, () => new MemoryStream([.. "{\"guid\":\""u8, 0xFF, .. "\\n\",\"logits_epoch_0\":[1,2],\"gold\":0}"u8]));
        Assert.Contains("valid UTF-8", Refused(epoch).Problem);
        Assert.Contains("half a character", Refused(Epoch(0, Row("\"\\ud800\"", 0, "1, 2", "0"))).Problem);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_guid_that_is_a_number_in_one_epoch_and_a_text_in_another(bool inOrder)
    {
        string[] rows = [Row("\"1\"", 1, "1, 2", "0"), Row("\"2\"", 1, "1, 2", "0")];
        var error = Refused(Epoch(0, Row("1", 0, "1, 2", "0"), Row("2", 0, "1, 2", "0")), Epoch(1, inOrder ? rows : [rows[1], rows[0]]));
        Assert.Equal(
            ($"{Second} line 1", inOrder
                ? $"guid '1' is a text where {First} has a number, 1"
                : $"guid '2' is a text where {First} has a number, 2"), Place(error));
        Assert.Contains(
            "guid '1.0' is written '1' in", Refused(Epoch(0, Row("1", 0, "1, 2", "0")), Epoch(1, Row("1.0", 1, "1, 2", "0"))).Problem);
        Assert.Contains(
            "guid 'A ' is written 'a' in",
            Refused(Epoch(0, Row("\"a\"", 0, "1, 2", "0")), Epoch(1, Row("\"A \"", 1, "1, 2", "0"))).Problem);
        var other = Refused(Epoch(0, Row("\"1\"", 0, "1, 2", "0")), Epoch(1, Row("1", 1, "1, 2", "0")));
        Assert.Equal(($"{Second} line 1", $"guid '1' is a number where {First} has a text, \"1\""), Place(other));
    }

    [Theory]
    [InlineData("0.0")]
    [InlineData("0e3")]
    public void A_gold_that_Python_wrote_as_a_decimal_is_a_class(string gold) =>
        Assert.Equal(Map(Epoch(0, Row("1", 0, "1, 2", "0"))), Map(Epoch(0, Row("1", 0, "1, 2", gold))));

    [Fact]
    public void A_file_that_is_no_text()
    {
        var utf16 = new DynamicsEpoch(0, First, () => new MemoryStream(System.Text.Encoding.Unicode.GetBytes("\uFEFF{}")));
        Assert.Equal((First, "is UTF-16 where UTF-8 is expected"), Place(Refused(utf16)));
        Assert.Equal(
            (First, "is compressed with gzip"), Place(Refused(new DynamicsEpoch(0, First, () => new MemoryStream([0x1F, 0x8B, 8, 0])))));
    }

    [Fact]
    public void An_empty_epoch()
    {
        Assert.Equal((First, "is empty"), Place(Refused(Epoch(0))));
        Assert.Equal((Second, "is empty"), Place(Refused(Epoch(0, Row("1", 0, "1, 2", "0")), Epoch(1, " "))));
    }

    [Fact]
    public void No_epoch_at_all() => Assert.Contains("no epoch", Refused().Problem);

    [Fact]
    public void A_guid_missing_from_a_later_epoch()
    {
        var rows = Enumerable.Range(0, 5).ToArray();
        var error = Refused(
            Epoch(0, [.. rows.Select(i => Row($"{i}", 0, "1, 2", "0"))]),
            Epoch(1, [.. rows.Where(i => i is not (1 or 3)).Select(i => Row($"{i}", 1, "1, 2", "0"))]));
        Assert.Equal((Second, "guid '1' is missing (first of 2)"), Place(error));
    }

    [Fact]
    public void A_guid_extra_in_a_later_epoch()
    {
        var first = Epoch(0, Row("1", 0, "1, 2", "0"), Row("2", 0, "1, 2", "0"));
        foreach (var epoch in new[]
        {
            Epoch(1, Row("1", 1, "1, 2", "0"), Row("2", 1, "1, 2", "0"), Row("9", 1, "1, 2", "0")),
            Epoch(1, Row("2", 1, "1, 2", "0"), Row("1", 1, "1, 2", "0"), Row("9", 1, "1, 2", "0")),
        })
        {
            Assert.Equal(($"{Second} line 3", $"guid '9' is not in {First}"), Place(Refused(first, epoch)));
        }
    }

    [Fact]
    public void A_guid_twice_in_a_later_epoch()
    {
        var first = Epoch(0, Row("1", 0, "1, 2", "0"), Row("2", 0, "1, 2", "0"), Row("3", 0, "1, 2", "0"));
        foreach (var order in new[] { new[] { 1, 2, 2, 3 }, [1, 2, 1, 3], [3, 2, 1, 2], [1, 2, 3, 1] })
        {
            var error = Refused(first, Epoch(1, [.. order.Select(i => Row($"{i}", 1, "1, 2", "0"))]));
            Assert.StartsWith($"{Second} line ", error.Where);
            Assert.Contains("comes a second time", error.Problem);
        }
    }

    [Fact]
    public void A_guid_twice_in_every_epoch_is_found_in_lock_step()
    {
        string[] Rows(int epoch) => [.. Enumerable.Range(0, 5000).Append(17).Select(i => Row($"{i}", epoch, "1, 2", "0"))];
        Assert.Equal(($"{First} line 5001", "guid '17' comes a second time"), Place(Refused(Epoch(0, Rows(0)), Epoch(1, Rows(1)))));
    }

    [Fact]
    public void A_guid_twice_in_the_first_epoch_is_found_in_the_join()
    {
        var error = Refused(
            Epoch(0, Row("1", 0, "1, 2", "0"), Row("2", 0, "1, 2", "0"), Row("3", 0, "1, 2", "0"), Row("1", 0, "1, 2", "0")),
            Epoch(1, Row("1", 1, "1, 2", "0"), Row("3", 1, "1, 2", "0"), Row("2", 1, "1, 2", "0")));
        Assert.Equal(($"{First} line 4", "guid '1' comes a second time"), Place(error));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Classes_or_gold_that_change_between_epochs(bool shuffled)
    {
        string[] Later(string logits, string gold) =>
            shuffled ? [Row("2", 1, "1, 2", "0"), Row("1", 1, logits, gold)] : [Row("1", 1, logits, gold), Row("2", 1, "1, 2", "0")];
        var first = Epoch(0, Row("1", 0, "1, 2", "0"), Row("2", 0, "1, 2", "0"));

        Assert.Contains("guid '1' has 3 logits", Refused(first, Epoch(1, Later("1, 2, 3", "0"))).Problem);
        Assert.Contains("guid '1' has gold 1 where dynamics_epoch_0.jsonl has 0", Refused(first, Epoch(1, Later("1, 2", "1"))).Problem);
    }

    [Fact]
    public void Include_ci_over_one_epoch_and_burn_out_below_one()
    {
        var epoch = Epoch(0, Row("1", 0, "1, 2", "0"));
        Assert.Equal("IncludeCi", TextFiles.Error(() => Map(new CartographyOptions { IncludeCi = true }, epoch)).Where);
        Assert.Equal("IncludeCi", TextFiles.Error(() =>
            Map(new CartographyOptions { IncludeCi = true, BurnOut = 1 }, epoch, Epoch(1, Row("1", 1, "1, 2", "0")))).Where);
        Assert.Equal("BurnOut", TextFiles.Error(() => Map(new CartographyOptions { BurnOut = 0 }, epoch)).Where);
    }

    private static InputError Refused(params DynamicsEpoch[] epochs) => TextFiles.Error(() => Map(epochs));

    private static (string Where, string Problem) Place(InputError error) => (error.Where, error.Problem);
}

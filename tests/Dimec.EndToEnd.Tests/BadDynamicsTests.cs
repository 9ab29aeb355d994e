namespace Dimec.EndToEnd.Tests;

/// <summary>
/// Training dynamics that another training wrote wrongly: <c>map</c> names the file, the line and the sample, and writes nothing.
/// </summary>
public sealed class BadDynamicsTests : RefusedCalls
{
    private const string First = """
        {"guid":"a","logits_epoch_0":[0.1,0.2],"gold":0}
        {"guid":"b","logits_epoch_0":[0.3,0.1],"gold":1}
        {"guid":"c","logits_epoch_0":[0.2,0.2],"gold":1}
        """;

    private const string Second = """
        {"guid":"a","logits_epoch_1":[0.1,0.2],"gold":0}
        {"guid":"b","logits_epoch_1":[0.3,0.1],"gold":1}
        {"guid":"c","logits_epoch_1":[0.2,0.2],"gold":1}
        """;

    [Theory]
    [InlineData("[0.3,0.1]", "[NaN,0.1]", "1.jsonl line 2: guid 'b' has a logit that is no finite fp32 number")]
    [InlineData("[0.3,0.1]", "[1e999,0.1]", "1.jsonl line 2: guid 'b' has a logit that is no finite fp32 number")]
    [InlineData("[0.3,0.1]", "[]", "1.jsonl line 2: guid 'b' has no logits under 'logits_epoch_1'")]
    [InlineData("[0.3,0.1]", "[0.3,0.1,0.2]", "1.jsonl line 2: guid 'b' has 3 logits where")]
    [InlineData("[0.3,0.1]", "[0.3]", "1.jsonl line 2: guid 'b' has one logit only")]
    [InlineData("[0.3,0.1],\"gold\":1", "[0.3,0.1],\"gold\":0", "1.jsonl line 2: guid 'b' has gold 0 where")]
    [InlineData("[0.3,0.1],\"gold\":1", "[0.3,0.1],\"gold\":2", "1.jsonl line 2: guid 'b' has gold 2 with 2 classes")]
    [InlineData("\"b\"", "\"a\"", "1.jsonl line 2: guid 'a' comes a second time")]
    [InlineData("\"b\"", "\"d\"", "1.jsonl line 2: guid 'd' is not in")]
    [InlineData("{\"guid\":\"b\"", "{\"guid\":", "1.jsonl line 2: is not well-formed JSON")]
    [InlineData("\n{\"guid\":\"c\",\"logits_epoch_1\":[0.2,0.2],\"gold\":1}", "", "1.jsonl: guid 'c' is missing (first of 1)")]
    [InlineData(Second, "", "1.jsonl: is empty")]
    public async Task The_sample_is_named(string right, string wrong, string sentence)
    {
        var later = Second.Replace(right, wrong, StringComparison.Ordinal);
        Assert.NotEqual(Second, later);
        Write(0, First);
        Write(1, later);

        await RefusedAsync(["map", Folder.Path], Folder.File("training_dynamics", "dynamics_epoch_") + sentence);
    }

    [Fact]
    public async Task A_guid_is_the_same_in_every_epoch_number_or_text()
    {
        Write(0, """{"guid":7,"logits_epoch_0":[0.1,0.2],"gold":0}""");
        Write(1, """{"guid":"7","logits_epoch_1":[0.1,0.2],"gold":0}""");

        await RefusedAsync(["map", Folder.Path], "dynamics_epoch_1.jsonl line 1: guid '7' is a text where");
    }

    [Fact]
    public async Task An_epoch_between_two_others_must_be_there()
    {
        Write(0, First);
        Write(2, Second);

        await RefusedAsync(
            ["map", Folder.Path],
            $"{Folder.File("training_dynamics", "dynamics_epoch_1.jsonl")}: is missing, where dynamics_epoch_2.jsonl is there");
    }

    [Fact]
    public async Task A_byte_order_mark_and_CRLF_are_no_mistakes()
    {
        Write(0, "\uFEFF" + First.ReplaceLineEndings("\r\n"));

        await Tool.DoneAsync("map", Folder.Path);
        Assert.Equal(3, File.ReadAllLines(Folder.File("td_metrics.jsonl")).Length);
    }

    private void Write(int epoch, string content)
    {
        Directory.CreateDirectory(Folder.File("training_dynamics"));
        File.WriteAllText(Folder.File("training_dynamics", $"dynamics_epoch_{epoch}.jsonl"), content);
    }
}

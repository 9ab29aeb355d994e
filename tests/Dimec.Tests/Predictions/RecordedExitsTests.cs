using CsCheck;
using Dimec.Predictions;

namespace Dimec.Tests.Predictions;

public class RecordedExitsTests
{
    private const string Row = """{"guid":"a","gold":1,"logits":{"2":[1,2],"10":[3,4]},"embedding":[0.5,0.25,1]}""";

    [Fact]
    public void What_is_written_reads_back_bit_for_bit() => RandomExits.Gen(embedding: 2, states: 2).Sample(exits =>
    {
        var again = RecordedExits.Read(TextFiles.Stream(TextFiles.Written(exits.Write)), "selection", "selection.jsonl");
        Assert.Equal((exits.Part, exits.Classes, exits.EmbeddingSize), (again.Part, again.Classes, again.EmbeddingSize));
        Assert.Equal(exits.Guids, again.Guids);
        Assert.Equal(exits.Gold, again.Gold);
        Assert.Equal(exits.Exits, again.Exits);
        Assert.Equal([2, 6], again.StateLayers);
        for (var i = 0; i < exits.Count; i++)
        {
            Assert.Equal(exits.Embedding(i), again.Embedding(i));
            for (var exit = 0; exit < exits.Exits.Count; exit++)
            {
                Assert.Equal(exits.Logits(i, exit), again.Logits(i, exit));
                Assert.Equal(exits.State(i, exit), again.State(i, exit));
                Assert.Equal(exit == 1 ? 0 : 2, again.State(i, exit).Length);
            }
        }
    });

    [Fact]
    public void Some_samples_keep_their_states() => RandomExits.Gen(states: 3).Sample(exits =>
    {
        int[] kept = [.. Enumerable.Range(0, exits.Count).Where(i => i % 2 == 0).Reverse()];
        var some = exits.Subset("dev", kept);
        Assert.Equal((exits.StateSize, exits.StateLayers.Count), (some.StateSize, some.StateLayers.Count));
        for (var i = 0; i < kept.Length; i++)
        {
            Assert.Equal(exits.State(kept[i], 0), some.State(i, 0));
            Assert.Equal(exits.State(kept[i], 2), some.State(i, 2));
        }
    });

    [Fact]
    public void Rows_say_which_bundle_they_are_of_and_all_the_same()
    {
        var int8 = Row.Replace("\"a\"", "\"b\"", StringComparison.Ordinal)[..^1] + Exits("int8", "x64-vnni");
        var exits = Read(Row[..^1] + Exits("int8", "arm64"), int8);
        Assert.Equal(new ExportedExits(ModelPrecision.Int8, "b1", ProcessorKind.Arm64), exits.Exported);
        Assert.Equal(exits.Exported, Read(TextFiles.Written(exits.Write)).Exported);
        Assert.Equal(exits.Exported, exits.Subset("dev", [1]).Exported);
        // Somebody else's key of that name is none of it.
        Assert.Null(Read(Row[..^1] + ",\"exits\":[2,10]}").Exported);

        foreach (var (first, second, problem) in new[]
        {
            (Row[..^1] + Exits("int8", "arm64"), Row, "does not say which bundle's exits they are, and the first row does"),
            (Row, int8, "says which bundle's exits they are, and the first row does not"),
            (Row[..^1] + Exits("int8", "arm64").Replace("b1", "b2", StringComparison.Ordinal), int8,
                "is of the bundle b1 where rows before are of b2"),
        })
        {
            var error = TextFiles.Error(() => Read(first, second.Replace("\"a\"", "\"b\"", StringComparison.Ordinal)));
            Assert.Equal(("dev.jsonl line 2", problem), (error.Where, error.Problem));
        }

        Assert.StartsWith(
            "dev.jsonl line 1 exits precision",
            TextFiles.Error(() => Read(Row[..^1] + Exits("int3", "arm64"))).Where, StringComparison.Ordinal);

        static string Exits(string precision, string processor) =>
            $",\"exits\":{{\"precision\":\"{precision}\",\"bundle\":\"b1\",\"processor\":\"{processor}\"}}}}";
    }

    [Fact]
    public void Some_exits_stay_with_exit_0() => RandomExits.Gen(embedding: 2, states: 2).Sample(exits =>
    {
        var some = exits.WithExitZero(new float[exits.Count * exits.Classes]).WithExits([exits.Exits[0], exits.Exits[2]]);
        Assert.Equal([exits.Exits[0], exits.Exits[2]], some.Exits);
        Assert.Equal((exits.Count, 0, exits.EmbeddingSize, true), (some.Count, some.StateSize, some.EmbeddingSize, some.HasExitZero));
        for (var i = 0; i < exits.Count; i++)
        {
            Assert.Equal(exits.Logits(i, 0), some.Logits(i, 0));
            Assert.Equal(exits.Logits(i, 2), some.Logits(i, 1));
        }

        Assert.Throws<ArgumentException>(() => exits.WithExits([exits.Exits[1], exits.Exits[0]]));
        Assert.Throws<ArgumentException>(() => exits.WithExits([99]));
        Assert.Throws<ArgumentException>(() => exits.WithExits([]));
    });

    [Theory]
    [InlineData("""{"2":[0.5]}""", "has a state of 1 numbers at exit 2 where the first row has 2")]
    [InlineData("""{"10":[0.5,1]}""", "has states of the exits 10 where the first row has the exits 2")]
    [InlineData("null", "has states of no exit where the first row has the exits 2")]
    [InlineData("""{"2":[0.5,1],"2":[0.5,1]}""", "has exit 2 twice in its states")]
    [InlineData("""{"2":[0.5,1e39]}""", "states of exit 2 beyond the range of fp32")]
    [InlineData("""{"2":[0.5,NaN]}""", "holds NaN or Infinity")]
    [InlineData("""{"2":[0.5,"1"]}""", "states of exit 2 with something that is no number")]
    [InlineData("""{"two":[0.5,1]}""", "has states under 'two', which is no layer number")]
    [InlineData("[0.5,1]", "has states that are no object")]
    public void A_wrong_state_names_its_line(string states, string problem)
    {
        string Of(string guid, string written) => $$"""{"guid":"{{guid}}","states":{{written}},"logits":{"2":[1,2],"10":[3,4]},"gold":1}""";
        var error = TextFiles.Error(() => Read(Of("a", """{"2":[1,2]}"""), Of("b", states)));
        Assert.Equal("dev.jsonl line 2", error.Where);
        Assert.Contains(problem, error.Problem);
        Assert.NotEmpty(error.Fix);
    }

    [Theory]
    [InlineData("""{"3":[1]}""", "has a state of layer 3, which carries no exit")]
    [InlineData("""{"2":[]}""", "has an empty state at exit 2")]
    [InlineData("""{"2":null}""", "has an empty state at exit 2")]
    [InlineData("""{"2":[1],"10":[1,2]}""", "has a state of 2 numbers at exit 10 where the first row has 1")]
    public void The_first_row_says_which_states_there_are(string states, string problem) =>
        Assert.Contains(
            problem,
            TextFiles.Error(() => Read(Row.Replace("\"gold\":1", $"\"gold\":1,\"states\":{states}", StringComparison.Ordinal))).Problem);

    [Fact]
    public void Exits_are_ordered_by_layer_and_numbers_are_guids_too()
    {
        var exits = Read(
            Row.Replace("\"a\"", "7", StringComparison.Ordinal),
            """{"embedding":[0,0,0],"logits":{"10":[5,6],"2":[7,8]},"x":[],"gold":null,"guid":"b"}""");
        Assert.Equal([2, 10], exits.Exits);
        Assert.Equal(["7", "b"], exits.Guids);
        Assert.Equal([1, -1], exits.Gold);
        Assert.Equal([5f, 6f], exits.Logits(1, 1));
        Assert.Equal([0.5f, 0.25f, 1f], exits.Embedding(0));
    }

    [Theory]
    [InlineData("""{"guid":"a","gold":1,"logits":{"2":[1,2],"10":[3,4]},"embedding":[0,0,0]}""", "guid 'a' came before")]
    [InlineData("""{"guid":"b","gold":1,"logits":{"2":[1,2]},"embedding":[0,0,0]}""", "has exits 2 where the first row has 2, 10")]
    [InlineData(
        """{"guid":"b","gold":1,"logits":{"2":[1,2],"10":[3]},"embedding":[0,0,0]}""", "has 1 logits at exit 10 where the first row has 2")]
    [InlineData("""{"guid":"b","gold":2,"logits":{"2":[1,2],"10":[3,4]},"embedding":[0,0,0]}""", "has gold 2 with 2 classes")]
    [InlineData("""{"guid":"b","gold":-1,"logits":{"2":[1,2],"10":[3,4]},"embedding":[0,0,0]}""", "has a gold that is no class")]
    [InlineData("""{"guid":"b","gold":1,"logits":{"2":[1,2],"10":[3,4]}}""", "has an embedding of 0 numbers where the first row has 3")]
    [InlineData("""{"guid":"b","gold":1,"logits":{"2":[1,NaN],"10":[3,4]},"embedding":[0,0,0]}""", "holds NaN or Infinity")]
    [InlineData("""{"guid":"b","gold":1,"logits":{"2":[1,1e39],"10":[3,4]},"embedding":[0,0,0]}""", "beyond the range of fp32")]
    [InlineData("""{"guid":"b","gold":1,"logits":{"x":[1,2],"10":[3,4]},"embedding":[0,0,0]}""", "under 'x', which is no layer number")]
    [InlineData("""{"gold":1,"logits":{"2":[1,2],"10":[3,4]},"embedding":[0,0,0]}""", "has no guid")]
    [InlineData("""{"guid":"b","gold":1,"logits":[1,2],"embedding":[0,0,0]}""", "has logits that are no object")]
    [InlineData("""{"guid":"b" "gold":1}""", "is not well-formed JSON")]
    [InlineData("7", "is not a JSON object")]
    [InlineData("[{\"guid\":\"b\"}]", "is a JSON array where one object belongs")]
    [InlineData("""{"guid":"b",""", "ends within an object")]
    [InlineData(
        """{"guid":"b","gold":1,"logits":{"2":[[1,2]],"10":[3,4]},"embedding":[0,0,0]}""",
        "has logits of exit 2 in a list of their own, [[…]]")]
    [InlineData(
        """{"guid":"b","gold":1,"logits":{"2":["1","2"],"10":[3,4]},"embedding":[0,0,0]}""",
        "has logits of exit 2 with something that is no number: the text \"1\"")]
    [InlineData(
        """{"guid":"b","gold":"1","logits":{"2":[1,2],"10":[3,4]},"embedding":[0,0,0]}""",
        "has a gold that is no class but the text \"1\"")]
    [InlineData("""{"guid":"b","gold":0.5,"logits":{"2":[1,2],"10":[3,4]},"embedding":[0,0,0]}""", "has a gold that is no class but 0.5")]
    [InlineData("""{"guid":"b","gold":1,"gold":0,"logits":{"2":[1,2],"10":[3,4]},"embedding":[0,0,0]}""", "names \"gold\" twice")]
    [InlineData("""{"guid":"b","gold":1,"logits":{"2":[1,2],"10":[3,4]},"embedding":[0,0],"embedding":[0]}""", "names \"embedding\" twice")]
    public void A_wrong_row_names_its_line(string row, string problem)
    {
        var error = TextFiles.Error(() => Read(Row, row));
        Assert.Equal("dev.jsonl line 2", error.Where);
        Assert.Contains(problem, error.Problem);
        Assert.NotEmpty(error.Fix);
    }

    [Fact]
    public void An_empty_file_and_one_without_logits_are_refused()
    {
        Assert.Equal("holds no samples", TextFiles.Error(() => Read("")).Problem);
        Assert.Equal("has no logits", TextFiles.Error(() => Read("""{"guid":"a"}""")).Problem);
        Assert.Equal("has 1 logits an exit", TextFiles.Error(() => Read("""{"guid":"a","logits":{"1":[2]}}""")).Problem);
    }

    [Fact]
    public void Only_the_selection_part_can_be_planned_on()
    {
        var error = TextFiles.Error(() => _ = new SelectionPart(Read(Row)));
        Assert.Equal("predictions/dev.jsonl", error.Where);
        Assert.Contains("on which nothing may be chosen", error.Problem);
        var unlabelled = RecordedExits.Read(
            TextFiles.Stream(Row.Replace("\"gold\":1", "\"gold\":null", StringComparison.Ordinal)), "selection", "s");
        Assert.Contains("has 1 of 1 samples without a gold class", TextFiles.Error(() => _ = new SelectionPart(unlabelled)).Problem);
    }

    [Fact]
    public void The_builder_refuses_what_does_not_fit()
    {
        Assert.Throws<ArgumentException>(() => new RecordedExitsBuilder("dev", [4, 2], 2, 0));
        Assert.Throws<ArgumentException>(() => new RecordedExitsBuilder("dev", [], 2, 0));
        Assert.Throws<ArgumentException>(() => new RecordedExitsBuilder("dev", [2, 4], 2, 0, [3], 1));
        Assert.Throws<ArgumentException>(() => new RecordedExitsBuilder("dev", [2, 4], 2, 0, [2], 0));
        Assert.Throws<ArgumentException>(() => new RecordedExitsBuilder("dev", [2, 4], 2, 0, [2], 1).Add("a", 0, [1, 2, 3, 4], [], [1, 2]));
        var builder = new RecordedExitsBuilder("dev", [2], 2, 1);
        builder.Add("a", 0, [1, 2], [3]);
        Assert.Throws<ArgumentException>(() => builder.Add("a", 0, [1, 2], [3]));
        Assert.Throws<ArgumentException>(() => builder.Add("b", 0, [1], [3]));
        Assert.Throws<ArgumentException>(() => builder.Add("b", 0, [1, 2], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.Add("b", 2, [1, 2], [3]));
        Assert.Equal(1, builder.Count);
    }

    [Fact]
    public void Exit_0_is_recorded_apart_from_the_layers_and_written_first()
    {
        const string Zero = """{"guid":"a","gold":1,"logits":{"0":[0.5,-1],"2":[1,2]}}""";
        var read = Read(Zero, Zero.Replace("\"a\"", "\"b\"", StringComparison.Ordinal).Replace("0.5", "3", StringComparison.Ordinal));
        Assert.Equal([2], read.Exits);
        Assert.True(read.HasExitZero);
        Assert.Equal([0.5f, -1], read.ZeroLogits(0).ToArray());
        Assert.Equal([1f, 2], read.Logits(0, 0).ToArray());
        Assert.StartsWith(Zero, TextFiles.Written(read.Write), StringComparison.Ordinal);
        Assert.Equal([3f, -1], read.Subset("dev", [1]).ZeroLogits(0).ToArray());
        Assert.Equal([7f, 8], read.WithExitZero([5, 6, 7, 8]).ZeroLogits(1).ToArray());
        Assert.Throws<ArgumentException>(() => read.WithExitZero([1, 2]));
        Assert.Throws<ArgumentException>(() => read.WithExitZero([1, 2, 3, float.NaN]));
    }

    [Theory]
    [InlineData("""{"guid":"b","gold":1,"logits":{"2":[1,2]}}""", "has exits 2 where the first row has 0, 2")]
    [InlineData("""{"guid":"b","gold":1,"logits":{"0":[1],"2":[1,2]}}""", "has 1 logits at exit 0 where the first row has 2")]
    [InlineData(
        """{"guid":"b","gold":1,"logits":{"0":[1,2],"2":[1,2]},"states":{"0":[1]}}""", "has states under '0', which is no layer number")]
    public void A_row_whose_exit_0_does_not_fit_is_refused(string row, string problem)
    {
        var error = TextFiles.Error(() => Read("""{"guid":"a","gold":1,"logits":{"0":[0.5,-1],"2":[1,2]}}""", row));
        Assert.Equal(("dev.jsonl line 2", problem), (error.Where, error.Problem));
    }

    [Fact]
    public void Exit_0_alone_is_no_record() =>
        Assert.Equal("has logits of exit 0 alone", TextFiles.Error(() => Read("""{"guid":"a","logits":{"0":[1,2]}}""")).Problem);

    [Fact]
    public void Only_the_training_samples_are_a_train_part()
    {
        var error = TextFiles.Error(() => _ = new TrainPart(Read(Row)));
        Assert.Equal(("predictions/dev.jsonl", "is the part 'dev', of which no pools may be made"), (error.Where, error.Problem));
    }

    private static RecordedExits Read(params string[] rows) =>
        RecordedExits.Read(TextFiles.Stream(string.Join('\n', rows)), "dev", "dev.jsonl");

    [Fact]
    public void A_gold_that_Python_wrote_as_a_decimal_is_a_class() =>
        Assert.Equal([1], Read(Row.Replace("\"gold\":1", "\"gold\":1.0", StringComparison.Ordinal)).Gold);

    [Fact]
    public void A_file_that_is_no_text()
    {
        var error = TextFiles.Error(() => RecordedExits.Read(new MemoryStream([0x1F, 0x8B, 8, 0]), "dev", "dev.jsonl"));
        Assert.Equal(("dev.jsonl", "is compressed with gzip"), (error.Where, error.Problem));
    }
}

using System.Text;
using CsCheck;
using Dimec.Predictions;
using Dimec.Routing;

namespace Dimec.Tests.Routing.Tables;

public class RouterTableReaderTests
{
    private const string Header = "id,score,a.right,a.cost,b.right,b.cost\n";

    private static readonly string[] s_pieces = ["\"", ",", "\n", "\r", "\0", "e", "-", "1e999", "\u00e9", ""];

    [Theory]
    [InlineData(
        "t.csv",
        "id,score,gold,a.answer,a.cost,b.answer,b.cost\n1,-0.5,\"x, \"\"y\"\"\n\",\"x, \"\"y\"\"\n\",0,z,1e-3\r\n\n2,7,z,z,0.5,z,2\r\n")]
    [InlineData("t.tsv", "id\tscore\tgold\ta.answer\ta.cost\tb.answer\tb.cost\n1\t-0.5\tx\tx\t0\tz\t1e-3\n2\t7\tz\tz\t0.5\tz\t2\n")]
    [InlineData(
        "t.jsonl",
        """
        {"id": 1, "score": -0.5, "gold": "x", "a.answer": "x", "a.cost": 0, "b.answer": "z", "b.cost": 1e-3}
        {"score": 7, "id": "2", "gold": "z", "a.answer": "z", "a.cost": 0.5, "b.answer": "z", "b.cost": 2}
        """)]
    public void Each_format_says_the_same(string name, string text)
    {
        var table = MadeRouter.Read(text, name);
        Assert.Equal(["a", "b"], table.Tiers);
        Assert.Equal(["1", "2"], table.Ids);
        Assert.Equal([-0.5, 7], table.Scores);
        Assert.Equal([true, true], table.Answers(0).Zip(table.Gold, (answer, gold) => answer == gold));
        Assert.Equal([false, true], table.Answers(1).Zip(table.Gold, (answer, gold) => answer == gold));
        Assert.Equal([0.001, 2], table.Costs(1));
        Assert.True(table.IsLabelled);
    }

    [Fact]
    public void More_columns_than_tiers_can_be_are_one_sentence()
    {
        var header = string.Concat(Enumerable.Range(0, 30_000).Select(i => $",t{i}.right,t{i}.cost"));
        var wrong = TextFiles.Error(() => MadeRouter.Read($"id,score{header}\n", "t.csv"));
        Assert.Equal("has 60002 columns, and 1000 are the most", wrong.Problem);
    }

    [Fact]
    public void Lines_that_each_have_keys_of_their_own_are_no_table_and_take_no_memory_of_one()
    {
        var lines = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{{\"k{i}\":1}}\n"));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var wrong = TextFiles.Error(() => MadeRouter.Read(lines, "t.jsonl"));
        Assert.Equal("has 20000 keys in all, of which most rows lack most", wrong.Problem);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 500 << 20);
    }

    [Fact]
    public void Answers_without_gold_can_be_compared_and_not_judged()
    {
        var table = MadeRouter.Read("id,score,a.answer,a.cost,b.answer,b.cost\n1,1,x,1,x,2\n2,2,x,1,y,2\n");
        Assert.False(table.IsLabelled);
        Assert.Equal([true, false], table.Answers(0).Zip(table.Answers(1), (one, other) => one == other));
    }

    [Fact]
    public void Wrong_answers_that_nobody_wrote_down_count_as_different_ones()
    {
        var table = MadeRouter.Read(Header + "1,1,0,1,0,2\n2,2,1,1,1,2\n");
        Assert.Equal([false, true], table.Answers(0).Zip(table.Answers(1), (one, other) => one == other));
    }

    [Fact]
    public void A_part_has_its_own_rows()
    {
        var table = MadeRouter.Read(
            "id,score,part,a.right,a.cost,b.right,b.cost\n1,1,dev,1,1,1,2\n2,2,selection,1,3,1,4\n3,3,dev,0,5,1,6\n");
        Assert.Equal(["1", "3"], table.Part(PartNames.Dev).Ids);
        Assert.Equal([2, 6], table.Part(PartNames.Dev).Costs(1));
        var none = Assert.Throws<InputException>(() => table.Part(PartNames.Calibration));
        Assert.Contains("has no row of 'calibration'", none.Message, StringComparison.Ordinal);
        Assert.Equal(10, MadeRouter.Read(MadeRouter.Ten).Part(PartNames.Calibration).Count);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData(Header, "has no rows")]
    [InlineData(Header + "1,2,1,1,1,\n", "line 2 column \"b.cost\": is missing; fill the cell, or leave the row out.")]
    [InlineData(Header + "1,2,1,1,1\n", "line 2: has 5 cells where the header has 6; add the cells that are missing.")]
    [InlineData(Header + "1,2,1,1,1,2,3\n", "line 2: has 7 cells where the header has 6; put cells that hold commas in quotes.")]
    [InlineData(Header + "1,2,1,1,0,2\n2,3,1,1,0,2\n", "column \"b.right\": has the tier 'b' right in none of 2 rows")]
    [InlineData(Header + "1,2,1,1,1,2\n1,3,1,1,1,2\n", "line 3 column \"id\": is '1', as in line 2")]
    [InlineData(Header + "1,high,1,1,1,2\n", "line 2 column \"score\": is 'high'; write a finite number.")]
    [InlineData(Header + "1,NaN,1,1,1,2\n", "line 2 column \"score\": is 'NaN'; write a finite number.")]
    [InlineData(Header + "1,1,0.5,1,1,2\n", "line 2 column \"a.right\": is '0.5'; write 1 where the tier is right, else 0.")]
    [InlineData(Header + "1,1,1,-1,1,2\n", "line 2 column \"a.cost\": is '-1'; write a finite number that is not below 0.")]
    [InlineData(Header + "1,1,1,3,1,2\n", "column \"b.cost\": has a mean of 2, below the 3 of 'a' before it; order the tiers' columns")]
    [InlineData(Header + "1,1,1,0,1,0\n", "column \"b.cost\": is 0 in all rows, so that there is nothing to save")]
    [InlineData(Header + "1,1,1,0,1,\"2\n", "line 2: has a quote that does not close")]
    [InlineData(Header + "1,1,1,0,1,\"2\"x\n", "line 2: goes on after a quote that closes")]
    [InlineData("id,score,a.right,a.cost\n1,1,1,1\n", "has columns of 1 tier")]
    [InlineData("id,score,a.right,a.cost,b.right,b.cost,b.cost\n1,1,1,1,1,1,1\n", "column \"b.cost\": stands 2 times in the header")]
    [InlineData("id,score,model,a.right,a.cost,b.right,b.cost\n1,1,1,1,1,1,1\n", "column \"model\": is not known")]
    [InlineData("id,a.right,a.cost,b.right,b.cost\n1,1,1,1,1\n", "column \"score\": is missing; add it.")]
    [InlineData("id,score,a.right,b.right,b.cost\n1,1,1,1,1\n", "column \"a.cost\": is missing; add it.")]
    [InlineData("id,score,a.cost,b.right,b.cost\n1,1,1,1,1\n", "column \"a.right\": is missing; add it, or a.answer.")]
    [InlineData("id,score,a.answer,a.cost,b.right,b.cost\n1,1,1,1,1,1\n", "says of some tiers who is right and has answers of others")]
    [InlineData("id,score,gold,a.right,a.cost,b.right,b.cost\n1,1,1,1,1,1,1\n", "column \"gold\": has nothing to be compared with")]
    [InlineData("id,score,part,a.right,a.cost,b.right,b.cost\n1,1,test,1,1,1,1\n", "column \"part\": is 'test'; use one of selection")]
    public void What_is_wrong_is_said_in_a_sentence(string text, string expected)
    {
        var wrong = Assert.Throws<InputException>(() => MadeRouter.Read(text));
        Assert.Contains(expected, Assert.Single(wrong.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once_up_to_where_it_teaches_nothing_new()
    {
        var three = Assert.Throws<InputException>(() => MadeRouter.Read(Header + "1,x,1,1,1,2\n2,1,,1,1,2\n3,1,1,1,1,y\n"));
        Assert.Equal(3, three.Errors.Count);
        var many = Assert.Throws<InputException>(() => MadeRouter.Read(
            Header + string.Concat(Enumerable.Range(0, 100).Select(row => $"{row},x,1,1,1,2\n"))));
        Assert.Equal(21, many.Errors.Count);
        Assert.Contains("was the last to be read, after 20 mistakes", many.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id": 1, "score": null, "a.right": 1, "a.cost": 1, "b.right": 1, "b.cost": 2}""", "column \"score\": is missing")]
    [InlineData("""{"id": 1, "score": [1], "a.right": 1, "a.cost": 1, "b.right": 1, "b.cost": 2}""", "is an array where a cell belongs")]
    [InlineData("""[1]""", "line 1: is a JSON array")]
    [InlineData("""{"id": 1, "id": 2}""", "line 1")]
    public void So_it_is_with_lines_of_json(string line, string expected) => Assert.Contains(
        expected, Assert.Throws<InputException>(() => MadeRouter.Read(line, "table.jsonl")).Message, StringComparison.Ordinal);

    [Fact]
    public void Bytes_of_another_kind_are_a_sentence()
    {
        using var folder = new TemporaryFolder();
        foreach (var (bytes, expected) in new[]
        {
            ((byte[])[0x1F, 0x8B, 8, 0], "is compressed with gzip"), ([.. "id,sc"u8, 0xFF], "is not valid UTF-8"),
        })
        {
            File.WriteAllBytes(folder.File("t.csv"), bytes);
            var wrong = Assert.Throws<InputException>(() => RouterTable.Read(folder.File("t.csv")));
            Assert.Contains(expected, wrong.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>Whatever is done to a table, it is read or refused in sentences.</summary>
    [Fact]
    public void A_damaged_table_is_read_or_refused()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("t.csv");
        var valid = Encoding.UTF8.GetBytes(MadeRouter.Ten);
        Gen.Select(Gen.Int[0, valid.Length - 1], Gen.OneOf(s_pieces.Select(Gen.Const).ToArray()), Gen.Int[0, 9])
            .Array[1, 4].Sample(
                damages =>
                {
                    var bytes = valid;
                    foreach (var (place, text, cut) in damages)
                        bytes = [.. bytes.Take(place), .. Encoding.UTF8.GetBytes(text), .. bytes.Skip(place + cut)];
                    File.WriteAllBytes(path, bytes);
                    try
                    {
                        Assert.True(RouterTable.Read(path).Count > 0);
                    }
                    catch (InputException wrong)
                    {
                        Assert.NotEmpty(wrong.Errors);
                    }
                },
                iter: 2000, threads: 1);
    }
}

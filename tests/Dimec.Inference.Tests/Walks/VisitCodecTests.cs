using Dimec.Costs;
using Dimec.Inference.Walks;
using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;
using Dimec.Policies;

namespace Dimec.Inference.Tests.Walks;

public class VisitCodecTests
{
    private static readonly VisitCodec s_codec = new(CostStructure.Default([2, 4, 6]), 2);

    [Fact]
    public void Rows_with_different_numbers_of_visits_are_read_back()
    {
        Visit[][] rows =
        [
            [
                Visit.OfExitZero(new float[] { 1, 2 }), Visited(TierWork.OfText(0, 2), 3, 4),
                Visited(new TierWork(1, 2, 4, WorkStart.Forwarded, 0), 5, 6), Visited(new TierWork(2, 4, 6, WorkStart.Carried, 1), 7, 8),
            ],
            [],
            [Visited(TierWork.OfText(1, 3), -1, 0), Visited(TierWork.Further(1, 3, 4), 0, 1)],
        ];
        var sent = s_codec.Encode("passed", "passed_logits", rows);
        Assert.Equal([[3, 4, 4], [3, 4, 2]], sent.Select(tensor => tensor.Shape));

        var read = s_codec.Decode(sent[0], sent[1], [[], [], []]);

        for (var row = 0; row < rows.Length; row++)
        {
            Assert.Equal(rows[row].Select(visit => visit.Work), read[row].Select(visit => visit.Work));
            Assert.Equal(rows[row].SelectMany(visit => visit.Logits.ToArray()), read[row].SelectMany(visit => visit.Logits.ToArray()));
        }
    }

    [Theory]
    [InlineData(3, 0, 2, 0)]
    [InlineData(-2, 0, 2, 0)]
    [InlineData(0, 0, 3, 0)]
    [InlineData(0, 2, 2, 0)]
    [InlineData(1, 1, 4, 0)]
    [InlineData(1, 0, 4, 2)]
    [InlineData(1, 2, 4, 2)]
    [InlineData(1, 1, 4, 1)]
    [InlineData(0, 0, 0, 0)]
    [InlineData(1, 0, 0, 1)]
    [InlineData(0, 0, 2, 4)]
    [InlineData(0, 0, 1, 0)]
    public void A_visit_that_no_tier_can_have_made_is_refused(int tier, int from, int to, int start)
    {
        Visit[] before = [Visited(TierWork.OfText(0, 1), 0, 0)];
        var exception = Assert.Throws<ProtocolException>(() => s_codec.Decode(
            Tensor.From<int>("visits", [1, 1, 4], [tier, from, to, start]), Tensor.From<float>("visit_logits", [1, 1, 2], [0, 0]),
            [before]));
        Assert.Equal($"row 0 has a visit that is not possible: tier {tier}, layers {from} to {to}, start {start}", exception.Message);
    }

    [Fact]
    public void A_visit_of_a_tier_before_the_one_that_was_asked_and_one_that_comes_twice_are_refused()
    {
        int[] edge = [1, 0, 4, 0], mobile = [0, 0, 2, 0];
        Assert.Equal(2, Decode([.. edge, .. mobile], first: 0)[0].Length);
        Assert.EndsWith("tier 0, layers 0 to 2, start 0", Refused([.. edge, .. mobile], first: 1), StringComparison.Ordinal);
        Assert.EndsWith("tier 1, layers 0 to 4, start 0", Refused([.. edge, .. edge], first: 1), StringComparison.Ordinal);

        static string Refused(int[] visits, int first) => Assert.Throws<ProtocolException>(() => Decode(visits, first)).Message;

        static Visit[][] Decode(int[] visits, int first) => s_codec.Decode(
            Tensor.From<int>("visits", [1, 2, 4], visits), Tensor.From<float>("visit_logits", [1, 2, 2], [0, 0, 0, 0]), [[]], first);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_logit_that_is_no_number_is_refused(float logit) => Assert.Equal(
        "row 0 has a logit that is not a finite number",
        Assert.Throws<ProtocolException>(() => s_codec.Decode(
            Tensor.From<int>("visits", [1, 1, 4], [0, 0, 2, 0]), Tensor.From<float>("visit_logits", [1, 1, 2], [0, logit]), [[]])).Message);

    [Fact]
    public void Other_shapes_are_refused()
    {
        var works = Tensor.From<int>("visits", [1, 1, 4], [0, 0, 2, 0]);
        Refused("'visits' has the shape [1,1,4] instead of [2, visits, 4]", works, Tensor.From<float>("l", [1, 1, 2], [0, 0]), 2);
        Refused("'visits' has the shape [4] instead of [1, visits, 4]", Tensor.From<int>("visits", [4], [0, 0, 2, 0]), works, 1);
        Refused("'l' has the shape [1,2] instead of [1,1,2]", works, Tensor.From<float>("l", [1, 2], [0, 0]), 1);
    }

    private static void Refused(string sentence, Tensor works, Tensor logits, int rows) => Assert.Equal(
        sentence,
        Assert.Throws<ProtocolException>(() => s_codec.Decode(works, logits, [.. Enumerable.Repeat<Visit[]>([], rows)])).Message);

    private static Visit Visited(TierWork work, params float[] logits) => new(work, logits);
}

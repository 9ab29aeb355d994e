using CsCheck;
using Dimec.Exits.Ngrams;

namespace Dimec.Tests.Exits.Ngrams;

public class NgramFeaturesTests
{
    private static readonly Gen<int[]> s_text = Gen.Int[0, 40].Array[0, 40];

    [Fact]
    public void Features_are_the_distinct_ngrams_and_no_more() => s_text.Sample(text =>
    {
        var expected = text.Select(token => NgramHash.Bucket(FeatureKind.Token, token, 0, 20))
            .Concat(text.Zip(text.Skip(1)).Select(two => NgramHash.Bucket(FeatureKind.TokenPair, two.First, two.Second, 20)))
            .Distinct();
        Assert.Equal(expected.Order(), Of(text).Order());
    });

    [Fact]
    public void An_ngram_that_comes_again_changes_nothing() => s_text.Where(text => text.Length > 1).Sample(text =>
        // The text's own end and beginning once more: no new token, and only the seam may be a new pair.
        Assert.Equal(Of([.. text, text[0]]).Order(), Of([.. text, .. text]).Order()));

    [Fact]
    public void Only_tokens_and_neighbours_count_not_where_they_stand() =>
        Gen.Select(s_text, s_text, Gen.Int[0, 40]).Sample((first, second, seam) =>
        {
            // Both texts have the neighbours of either part; the parts change places around the same token.
            int[] one = [seam, .. first, seam, .. second, seam];
            int[] other = [seam, .. second, seam, .. first, seam];
            Assert.Equal(Of(one).Order(), Of(other).Order());
        });

    [Fact]
    public void The_order_in_a_pairs_texts_does_not_count() => Gen.Select(s_text, s_text, Gen.Int[0, 1000]).Sample((text, pair, seed) =>
    {
        var shuffled = ((int[])text.Clone(), (int[])pair.Clone());
        new Random(seed).Shuffle(shuffled.Item1);
        new Random(seed).Shuffle(shuffled.Item2);
        Assert.Equal(OfPair(text, pair).Order(), OfPair(shuffled.Item1, shuffled.Item2).Order());
    });

    [Fact]
    public void Texts_alike_share_all_twenty_steps()
    {
        int[] text = [3, 4, 5];
        var features = OfPair(text, text);
        Assert.Equal(3 + 20 + 20, features.Length);
        Assert.All(Enumerable.Range(1, 20), step => Assert.Contains(NgramHash.Bucket(FeatureKind.UnionOverlap, step, 0, 20), features));
    }

    [Fact]
    public void Nothing_at_all_has_no_features()
    {
        Assert.Empty(Of([]));
        Assert.Empty(OfPair([], []));
    }

    private static int[] Of(int[] text) =>
        NgramFeatures.Collect(text, [], false, 20, new int[NgramFeatures.Room(text.Length, 0, false)]).ToArray();

    private static int[] OfPair(int[] text, int[] pair) =>
        NgramFeatures.Collect(text, pair, true, 20, new int[NgramFeatures.Room(text.Length, pair.Length, true)]).ToArray();
}

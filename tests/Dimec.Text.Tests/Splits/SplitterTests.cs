using CsCheck;
using Dimec.Text.Splits;

namespace Dimec.Text.Tests.Splits;

/// <summary>What holds for every split.</summary>
public sealed class SplitterTests
{
    private static readonly double[] s_fractions = [0.1, 0.15, 0.2];

    // Few words, so that texts repeat, with other labels and white space too.
    private static readonly Gen<Sample[]> s_repeating = Gen.Select(Gen.Int[0, 60], Gen.Int[0, 2], Gen.Int[0, 3])
        .Select((word, space, label) => (Text: new string(' ', space) + $"word {word}\t"[..^(space % 2)], Label: label))
        .Array[10, 300]
        .Select(rows => rows.Select((r, i) => new Sample($"train-{i}", r.Text, null, r.Label)).ToArray());

    [Fact]
    public void No_text_stands_in_two_parts_whatever_its_labels_and_the_white_space_around_it() =>
        Gen.Select(s_repeating, Gen.Long).Sample((samples, seed) =>
            Assigned(samples, 4, seed).GroupBy(p => p.Sample.Text.Trim()).All(g => g.Select(p => p.Part).Distinct().Count() == 1));

    [Fact]
    public void Each_label_is_within_one_sample_of_its_share() => Gen.Select(Gen.Int[20, 200].Array[2, 6], Gen.Long).Sample((sizes, seed) =>
    {
        var parts = Assigned(Distinct(sizes), sizes.Length, seed);
        for (var part = 1; part <= s_fractions.Length; part++)
        {
            var total = parts.Count(p => p.Part == part);
            Assert.Equal((int)Math.Round(s_fractions[part - 1] * sizes.Sum(), MidpointRounding.AwayFromZero), total);
            for (var label = 0; label < sizes.Length; label++)
            {
                Assert.True(Math.Abs(
                    parts.Count(p => p.Part == part && p.Sample.Label == label) - ((double)total * sizes[label] / sizes.Sum())) < 1);
            }
        }
    });

    [Fact]
    public void A_limit_keeps_shares_order_and_every_label() =>
        Gen.Select(Gen.Int[1, 80].Array[2, 6], Gen.Int[6, 300], Gen.Long).Sample((sizes, limit, seed) =>
        {
            var samples = Distinct(sizes);
            var taken = StratifiedSample.Take(samples, sizes.Length, limit, seed, minimum: 1);

            Assert.Equal(Math.Min(limit, samples.Length), taken.Count);
            Assert.Equal(samples.Where(taken.Contains), taken);
            for (var label = 0; label < sizes.Length; label++)
            {
                var count = taken.Count(s => s.Label == label);
                Assert.True(count >= 1);
                // Labels that are given one sample above their share take it from the largest.
                if (sizes.All(s => (long)s * limit >= sizes.Sum()))
                    Assert.True(Math.Abs(count - ((double)taken.Count * sizes[label] / sizes.Sum())) < 1);
            }
        });

    [Fact]
    public void A_pair_is_one_text_and_its_halves_are_kept_apart()
    {
        Assert.NotEqual(TextHash.Of(new Sample("", "ab", "c", 0), 0), TextHash.Of(new Sample("", "a", "bc", 0), 0));
        Assert.Equal(TextHash.Of(new Sample("", " ab\t", "c", 0), 5), TextHash.Of(new Sample("x", "ab", "c\n", 1), 5));
    }

    [Fact]
    public void The_hash_is_sha256_of_seed_length_and_texts() =>
        // python3: hashlib.sha256(struct.pack('<qi', 7, 3) + 'é!'.encode() + 'ok'.encode()).hexdigest()[:32]
        Assert.Equal("096d33c385e00764d7b501fdd6befc77", TextHash.Of(new Sample("", "é!", "ok", 0), 7).ToString("x32", null));

    private static (Sample Sample, int Part)[] Assigned(Sample[] samples, int labels, long seed) =>
        [.. samples.Zip(Splitter.Assign(samples, labels, seed, s_fractions, CancellationToken.None))];

    private static Sample[] Distinct(int[] sizes) =>
        [.. sizes.SelectMany((size, label) => Enumerable.Range(0, size)
            .Select(i => new Sample($"{label}-{i}", $"text {label} {i}", null, label)))];
}

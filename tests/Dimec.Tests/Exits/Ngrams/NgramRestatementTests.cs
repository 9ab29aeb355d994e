using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Dimec.Exits.Ngrams;
using Dimec.Tests.Made;

namespace Dimec.Tests.Exits.Ngrams;

/// <summary>
/// Holds hash, features and training to an independent restatement of <c>docs/ngram-exit.md</c>: the values are what
/// <c>tests/Dimec.Tests/Exits/Ngrams/restatement.py</c> prints, which computes in double.
/// </summary>
public class NgramRestatementTests
{
    [Theory]
    [InlineData(1, 0, 0, 0xEDFEA30CFBBF01C3, 974826)]
    [InlineData(1, 2003, 0, 0x45EEC729E1FA11E7, 286444)]
    [InlineData(2, 2003, 3185, 0x33B55CE20F01FB4B, 211797)]
    [InlineData(2, 3185, 2003, 0xF26334CE9F91834B, 992819)]
    [InlineData(3, 2003, 0, 0x97235FB8E6DC006E, 619061)]
    [InlineData(9, 31, 0, 0xB903ECE00A3335C5, 757822)]
    public void The_hash_is_the_stated_one(int kind, int first, int second, ulong hash, int bucket)
    {
        Assert.Equal(hash, NgramHash.Of((FeatureKind)kind, first, second));
        Assert.Equal(bucket, NgramHash.Bucket((FeatureKind)kind, first, second, 20));
    }

    [Fact]
    public void The_features_are_the_stated_ones()
    {
        Assert.Equal([95, 112, 855, 1019], Features([5, 6, 5, 6], null));
        Assert.Equal(
            [37, 45, 87, 92, 176, 201, 262, 323, 332, 362, 424, 445, 746, 801, 812, 819, 893], Features([5, 6, 7], [6, 6, 8, 9, 10]));

        static IEnumerable<int> Features(int[] text, int[]? pair)
        {
            var room = new int[NgramFeatures.Room(text.Length, pair?.Length ?? 0, pair is not null)];
            return NgramFeatures.Collect(text, pair, pair is not null, 10, room).ToArray().Order();
        }
    }

    [Fact]
    public void A_trained_exit_answers_as_the_restatement_does()
    {
        var (single, singleEpochs) = Train(pairs: false);
        Equal([-0.014584, 1.148570, -1.133985], single.Score([3, 4, 5]));
        Equal([0.719903, 0.060011, -0.779914], single.Score([0, 0, 1]));
        Equal([-0.069129, 0.371532, -0.302403], single.Score([]));
        Equal([-0.591425, 0.243632, 0.347793], singleEpochs[0]);
        Equal([1.060316, -0.347663, -0.712653], singleEpochs[3]);

        var (pair, pairEpochs) = Train(pairs: true);
        Equal([0.712139, 0.276574, -0.988713], pair.Score([3, 4, 5], [4, 5, 9]));
        Equal([0.171436, -0.262035, 0.090599], pair.Score([0, 0, 1], []));
        Equal([-0.106899, -0.078649, 0.185548], pair.Score([], [2]));
        Equal([0.009246, 0.478261, -0.487508], pairEpochs[0]);
        Equal([-0.890784, -0.334725, 1.225510], pairEpochs[3]);

        static void Equal(double[] expected, float[] actual) =>
            Assert.All(expected.Zip(actual), both => Assert.Equal(both.First, both.Second, 2e-5));
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(11, true)]
    [InlineData(11, false)]
    public async Task A_file_says_the_same_to_the_restatement(int classes, bool isWide)
    {
        using var folder = new TemporaryFolder();
        var weights = MadeTexts.Train(classes: classes);
        var model = isWide ? weights.Quantize() : weights.Narrow();
        await File.WriteAllBytesAsync(folder.File("ngram.bin"), model.Bytes());
        int[][] texts = [[3, 4, 5], [0, 0, 1, 7, 2], []];
        var script = Path.Combine(Repository.Root, "tests", "Dimec.Tests", "Exits", "Ngrams", "restatement.py");
        var start = new ProcessStartInfo(
            "python3", [script, folder.File("ngram.bin"), .. texts.Select(text => string.Join(' ', text))])
        {
            RedirectStandardOutput = true,
        };
        try
        {
            using var python = Process.Start(start)!;
            var output = await python.StandardOutput.ReadToEndAsync();
            await python.WaitForExitAsync();
            var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(texts.Length, lines.Length);
            Assert.All(texts.Zip(lines), both =>
                Assert.All(JsonSerializer.Deserialize<double[]>(both.Second)!.Zip(model.Score(both.First)), logit =>
                    Assert.Equal(logit.First, logit.Second, 1e-5)));
        }
        catch (Win32Exception)
        {
            Assert.Skip("python3 is not on the path.");
        }
    }

    /// <summary>The exit that the restatement trains, and sample 17's logits in each epoch.</summary>
    private static (NgramWeights Weights, float[][] Epochs) Train(bool pairs)
    {
        var epochs = new List<float[]>();
        var options = new NgramOptions { LearningRate = 1, TableBits = 12, Epochs = 4, Seed = 5 };
        var weights = NgramTrainer.Train(
            MadeTexts.Of(40, 3, pairs), 3, MadeTexts.Tokenizer, options, epoch => epochs.Add(epoch.Logits[17].ToArray()));
        return (weights, [.. epochs]);
    }
}

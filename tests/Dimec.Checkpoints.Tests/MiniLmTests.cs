using System.Runtime.InteropServices;
using Dimec.Checkpoints.Onnx;

namespace Dimec.Checkpoints.Tests;

public sealed class MiniLmTests
{
    [Fact]
    public void ThePackagesWeightsAreThoseOfTheHuggingFaceFolder()
    {
        var published = Checkpoint.Load(Pretrained.Folder);
        using var onnx = Pretrained.Resource("model.onnx");
        using var vocabulary = Pretrained.Resource("vocab.txt");
        var embedded = MiniLm.Read(onnx, vocabulary);

        Assert.Equal(published.Weights.Keys.Order(), embedded.Weights.Keys.Order());
        // Bit by bit: as integers, so that not even 0 and −0 are taken for each other.
        var differing = published.Weights.Values.Where(tensor => !MemoryMarshal.Cast<float, int>(tensor.Values.AsSpan())
            .SequenceEqual(MemoryMarshal.Cast<float, int>(embedded.Weights[tensor.Name].Values.AsSpan())));
        Assert.Empty(differing.Select(tensor => tensor.Name));
        Assert.Equal(published.Config, embedded.Config);
    }

    [Fact]
    public void ThePackagesVocabularyHasOneTokenALineAndNoCarriageReturn()
    {
        using var onnx = Pretrained.Resource("model.onnx");
        using var vocabulary = Pretrained.Resource("vocab.txt");
        var tokenizer = MiniLm.Read(onnx, vocabulary).Tokenizer!;

        var lines = System.Text.Encoding.UTF8.GetString(tokenizer.Content.Span).TrimEnd('\n').Split('\n');
        Assert.Equal(30522, lines.Length);
        Assert.Equal(("[PAD]", "[CLS]", "##～"), (lines[0], lines[101], lines[^1]));
        Assert.DoesNotContain(lines, line => line.Contains('\r'));
    }

    [Fact]
    public void TheHashIsThatOfTheStream()
    {
        using var onnx = Pretrained.Resource("model.onnx");
        using var vocabulary = Pretrained.Resource("vocab.txt");
        var source = Assert.Single(MiniLm.Read(onnx, vocabulary).Sources);

        using var again = Pretrained.Resource("model.onnx");
        Assert.Equal(again.Length, source.Size);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(again)), source.Sha256);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(1_000_000)]
    public void ATruncatedModelIsRefused(int length)
    {
        using var onnx = Pretrained.Resource("model.onnx");
        var start = new byte[length];
        onnx.ReadExactly(start);
        var error = Assert.Throws<InputException>(() => OnnxWeights.Read(new MemoryStream(start)));
        Assert.Contains("model.onnx", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheFolderSaysThatItWasTrainedWithTheMean()
    {
        _ = Repository.RequireShared("models");
        Assert.Equal(ExitHeadConfig.MeanPooling, Checkpoint.Load(Pretrained.Folder).TrainedPooling);
    }
}

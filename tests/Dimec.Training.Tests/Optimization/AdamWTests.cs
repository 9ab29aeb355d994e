using Dimec.Text;
using Dimec.Training.Data;
using Dimec.Training.Model;
using Dimec.Training.Optimization;
using static TorchSharp.torch;

namespace Dimec.Training.Tests.Optimization;

public sealed class AdamWTests
{
    private const int Steps = 40;
    private static readonly LearningRateSchedule s_schedule = new(1e-2, 4, Steps);
    private static readonly AdamWOptions s_options = new(0.1);

    /// <summary>Odd lengths have tails behind the last whole vector.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(1003)]
    public void StepsAreThoseOfTorchsOwnAdamW(int length)
    {
        var random = new RandomStream(1, length);
        var value = Normal(random, length);
        var (first, second) = (new float[length], new float[length]);
        using var scope = NewDisposeScope();
        using var parameter = new TorchSharp.Modules.Parameter(tensor(value));
        using var reference = optim.AdamW([parameter], lr: 1e-2, weight_decay: 0.1);
        for (var step = 0; step < Steps; step++)
        {
            var gradient = Normal(random, length);
            AdamWKernel.Update(gradient, 1, value, first, second, AdamWStep.Of(s_options, s_schedule, step, decays: true));
            foreach (var group in reference.ParamGroups)
                group.LearningRate = s_schedule.At(step);
            parameter.grad = tensor(gradient);
            reference.step();
        }

        var expected = Parameters.MemoryOf(parameter);
        for (var i = 0; i < length; i++)
            Assert.Equal(expected[i], value[i], 2e-6f);
    }

    [Fact]
    public void ScaledGradientsAreScaledBeforeTheMoments()
    {
        float[] gradient = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
        float[] halves = [.. gradient.Select(value => value / 2)];
        var (one, two) = (new float[10], new float[10]);
        var step = AdamWStep.Of(s_options, s_schedule, 5, decays: true);
        var seconds = new float[10];
        AdamWKernel.Update(gradient, 0.5f, one, new float[10], seconds, step);
        AdamWKernel.Update(halves, 1, two, new float[10], new float[10], step);
        Assert.Equal(two, one);
        Assert.Equal(0.25f * 0.001f, seconds[0], 1e-9f);
    }

    [Fact]
    public void LateRowsAreBitForBitThoseOfUpdatingTheWholeTableInEveryStep()
    {
        var shape = TinyTask.Shape();
        var layout = new ParameterLayout(shape);
        using var parameters = new Parameters(layout);
        parameters.CopyFrom(TinyTask.Checkpoint().Weights);
        var width = layout.Words.Shape[1];
        var value = parameters.Values.Slice(0, layout.Words.Count).ToArray();
        var (first, second) = (new float[value.Length], new float[value.Length]);
        using var optimizer = new AdamW(parameters, s_options, s_schedule, parameters.Layout.All);
        var none = optimizer.Leaves.Select(leaf => zeros_like(leaf)).ToArray();
        var random = new RandomStream(2, 0);
        for (var step = 0; step < Steps; step++)
        {
            // Rows 100 and above are never read, row 5 in the first steps only, so that it is left to itself with moments.
            int[] ids = [.. Enumerable.Range(0, 7).Select(_ => 10 + random.Below(90)), step < 3 ? 5 : 6];
            var batch = Golden.Batch([new TokenizedText(ids, new int[ids.Length], false)], [0]);
            optimizer.Prepare(batch.Ids, step);
            var gathered = Normal(random, ids.Length * width);
            optimizer.Update(none, new WordGradient(batch, gathered, width), 0.7f, step);

            var dense = new float[value.Length];
            for (var i = 0; i < gathered.Length; i++)
                dense[(ids[i / width] * width) + (i % width)] += gathered[i];
            AdamWKernel.Update(dense, 0.7f, value, first, second, AdamWStep.Of(s_options, s_schedule, step, decays: true));
        }

        optimizer.Settle(Steps);
        Assert.Equal(value, parameters.Values.Slice(0, value.Length).ToArray());
        Assert.Equal(first, optimizer.First.Slice(0, value.Length).ToArray());
        Assert.Equal(second, optimizer.Second.Slice(0, value.Length).ToArray());
    }

    [Fact]
    public void ThePaddingTokenGetsNoGradient()
    {
        var batch = Golden.Batch(
            [new TokenizedText([3, 4, 5], [0, 0, 0], false), new TokenizedText([4], [0], false)], [0, 1]);
        float[] gathered = [1, 10, 2, 20, 3, 30, 4, 40, 5, 50, 6, 60];
        var gradient = new WordGradient(batch, gathered, 2);
        Assert.Equal([3, 4, 5], gradient.Tokens);
        Assert.Equal([1, 10, 6, 60, 3, 30], gradient.Values);
    }

    [Fact]
    public void TheNormIsThatOfAllGradientsTogether()
    {
        using var scope = NewDisposeScope();
        using var parameters = new Parameters(new ParameterLayout(TinyTask.Shape()));
        using var optimizer = new AdamW(parameters, s_options, s_schedule, parameters.Layout.All);
        var random = new RandomStream(4, 0);
        Tensor[] gradients = [.. optimizer.Leaves.Select(leaf => tensor(Normal(random, (int)leaf.numel())).view(leaf.shape))];
        var batch = Golden.Batch([new TokenizedText([3, 4], [0, 0], false)], [0]);
        var words = new WordGradient(batch, Normal(random, 64), 32);
        var expected = Math.Sqrt(gradients.Sum(gradient => gradient.square().sum(ScalarType.Float64).item<double>())
            + words.Values.Sum(value => (double)value * value));
        Assert.Equal(expected, optimizer.Norm(gradients, words), 1e-4);
    }

    [Fact]
    public void OnlyMatricesDecay()
    {
        var layout = new ParameterLayout(TinyTask.Shape());
        Assert.All(layout.Slots, slot => Assert.Equal(
            !slot.Name.EndsWith(".bias", StringComparison.Ordinal) && !slot.Name.Contains("LayerNorm", StringComparison.Ordinal),
            slot.Decays));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0.25e-2)]
    [InlineData(4, 1e-2)]
    [InlineData(22, 0.5e-2)]
    [InlineData(39, 1e-2 / 36)]
    public void TheRateRisesThenFallsLinearly(int step, double expected) => Assert.Equal(expected, s_schedule.At(step), 1e-12);

    private static float[] Normal(RandomStream random, int length) => [.. Enumerable.Range(0, length).Select(_ => (float)random.Normal())];
}

using Dimec.Checkpoints;
using Dimec.Checkpoints.Architectures;
using Dimec.Text;
using Dimec.Training.Model;
using static TorchSharp.torch;

namespace Dimec.Training.Tests.Model;

public sealed class DistilBertTests
{
    [Theory]
    [InlineData(Activation.Gelu)]
    [InlineData(Activation.Relu)]
    public void EveryLayerAgreesWithTheDefinitionAtRealTokens(Activation activation)
    {
        var config = RandomCheckpoint.Config(activation: activation, architecture: DistilBert.Architecture);
        var checkpoint = RandomCheckpoint.Create(config);
        var random = new Random(5);
        // A tokenizer's types are of no account, and there is no table of theirs.
        int[][] rows = [.. new[] { 7, 1, 12 }.Select(length => Enumerable.Range(0, length).Select(_ => random.Next(50)).ToArray())];
        var batch = Golden.Batch([.. rows.Select(row => new TokenizedText(row, [], false))], [0, 0, 0]);
        Assert.False(batch.HasTypes);

        using var scope = NewDisposeScope();
        using var evaluation = no_grad();
        var shape = Golden.Shape(config, [3]);
        using var parameters = new Parameters(new ParameterLayout(shape));
        parameters.CopyFrom(checkpoint.Weights);
        var encoder = new MultiExitEncoder(parameters, shape);
        var found = encoder.HiddenStates(batch, encoder.Embed(batch, encoder.GatherWords(batch, false)), null).ToArray();
        Assert.Equal(4, found.Length);
        var reference = new DistilBertReference(checkpoint);
        for (var row = 0; row < rows.Length; row++)
        {
            var expected = reference.HiddenStates(rows[row]);
            for (var layer = 0; layer < found.Length; layer++)
            {
                var actual = Parameters.MemoryOf(found[layer].contiguous());
                for (var token = 0; token < rows[row].Length; token++)
                {
                    for (var h = 0; h < 24; h++)
                        Assert.Equal(expected[layer][token][h], actual[(((row * batch.Length) + token) * 24) + h], 1e-5);
                }
            }
        }
    }

    [Fact]
    public void NothingIsDroppedFromTheAttentionsOutput()
    {
        var (bert, distil) = (Dropped(Bert.Architecture), Dropped(DistilBert.Architecture));
        // Outputs of a layer whose feed-forward part gives 0: what differs without dropout is the attention's alone.
        Assert.NotEqual(0, bert);
        Assert.Equal(0, distil);

        static double Dropped(EncoderArchitecture architecture)
        {
            var config = RandomCheckpoint.Config(layers: 1, architecture: architecture) with { HiddenDropout = 0.5, AttentionDropout = 0 };
            using var scope = NewDisposeScope();
            using var evaluation = no_grad();
            var shape = new ModelShape(
                config, new ExitHeadConfig([1], ExitHeadConfig.LinearHead, ExitHeadConfig.ClsPooling, ["0", "1"], 32), HeadDropout: 0);
            using var parameters = new Parameters(new ParameterLayout(shape));
            var checkpoint = RandomCheckpoint.Create(config, shape.Exits);
            var names = architecture.Layer(0);
            checkpoint.Weights[$"{names.Outer}.weight"].Values.AsSpan().Clear();
            checkpoint.Weights[$"{names.Outer}.bias"].Values.AsSpan().Clear();
            parameters.CopyFrom(checkpoint.Weights);
            var layer = new TransformerLayer(new LayerParameters(parameters, architecture, 0), config, Precision.Fp32);
            var dropout = new Dropout(1);
            dropout.Begin(0);
            var input = linspace(-1, 1, 5 * config.HiddenSize).view(5, config.HiddenSize);
            return layer.Forward(input, 1, null, dropout).sub(layer.Forward(input, 1, null, null)).abs().max().item<float>();
        }
    }

    [Fact]
    public void ARunOnPairsIsTrainedTakenUpAndWrittenAsDistilBert()
    {
        using var folder = new TemporaryFolder();
        var checkpoint = TinyTask.Checkpoint(TinyTask.Config with { Architecture = DistilBert.Architecture });
        Assert.DoesNotContain(checkpoint.Weights.Keys, name => name.Contains("token_type", StringComparison.Ordinal));
        var result = TinyTask.Run(TinyTask.Arguments(folder.File("run")), TinyTask.Data(pairs: true), checkpoint);

        var saved = Checkpoint.Load(folder.File("run", "model"));
        Assert.Same(DistilBert.Architecture, saved.Config.Architecture);
        Assert.True(saved.Exits!.HasPair);
        Assert.NotEqual(
            checkpoint.Weights["transformer.layer.1.ffn.lin2.weight"].Values, saved.Weights["transformer.layer.1.ffn.lin2.weight"].Values);
        Assert.InRange(result.Accuracy["dev"][2], 0.6, 1);
        Assert.True(TinyTask.Run(TinyTask.Arguments(folder.File("run")), TinyTask.Data(pairs: true), checkpoint).WasFinished);
    }
}

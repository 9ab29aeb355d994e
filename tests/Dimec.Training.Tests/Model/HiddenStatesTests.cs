using Dimec.Checkpoints;
using Dimec.Checkpoints.Safetensors;

using Dimec.Training.Model;
using static TorchSharp.torch;

namespace Dimec.Training.Tests.Model;

public sealed class HiddenStatesTests
{
    [Fact]
    public void EveryLayerAgreesWithTransformersAtRealTokens()
    {
        var golden = Repository.RequireShared("golden", "encoder", "hidden_states.safetensors");
        var checkpoint = Checkpoint.Load(Repository.RequireShared("models", "all-MiniLM-L6-v2"));
        using var file = SafetensorsFile.Open(golden);
        var batch = Golden.Batch(
            file.ReadIntegers("input_ids"), file.ReadIntegers("attention_mask"), file.ReadIntegers("token_type_ids"), 4);
        Assert.True(batch.IsPadded);

        using var scope = NewDisposeScope();
        using var evaluation = no_grad();
        var shape = Golden.Shape(checkpoint.Config, [6]);
        using var parameters = new Parameters(new ParameterLayout(shape));
        parameters.CopyFrom(checkpoint.Weights);
        var encoder = new MultiExitEncoder(parameters, shape);
        var layer = 0;
        foreach (var hidden in encoder.HiddenStates(batch, encoder.Embed(batch, encoder.GatherWords(batch, false)), null))
        {
            var expected = file.Read($"hidden_state_{layer}").Values;
            var actual = Parameters.MemoryOf(hidden.contiguous());
            var worst = 0f;
            for (var row = 0; row < batch.Count; row++)
            {
                for (var i = row * batch.Length * 384; i < ((row * batch.Length) + batch.Lengths[row]) * 384; i++)
                    worst = Math.Max(worst, Math.Abs(actual[i] - expected[i]));
            }

            TestContext.Current.SendDiagnosticMessage($"layer {layer}: largest difference {worst:E1}");
            Assert.InRange(worst, 0, 1e-4f);
            layer++;
        }

        Assert.Equal(7, layer);
    }
}

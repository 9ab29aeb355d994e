using Dimec.Checkpoints;
using Dimec.Checkpoints.Safetensors;

namespace Dimec.Export.Tests.Graphs;

public class MiniLmTests
{
    [Fact]
    public void Hidden_states_equal_those_of_transformers()
    {
        using var golden = SafetensorsFile.Open(Repository.RequireShared("golden", "encoder", "hidden_states.safetensors"));
        var exits = new ExitHeadConfig([6], ExitHeadConfig.LinearHead, ExitHeadConfig.MeanPooling, ["no", "yes"], 128);
        var checkpoint = RandomCheckpoint.WithHeads(Checkpoint.Load(Repository.RequireShared("models", "all-MiniLM-L6-v2")), exits);
        string[] names = ["embeddings.output", .. Enumerable.Range(1, 6).Select(layer => $"layer.{layer}.output")];
        using var session = OnnxSession.Open(OnnxSession.Export(checkpoint, 6, tokenTypes: true), names);
        var (ids, mask, types) = (
            golden.ReadIntegers("input_ids"), golden.ReadIntegers("attention_mask"), golden.ReadIntegers("token_type_ids"));
        for (var layer = 0; layer < names.Length; layer++)
        {
            var expected = golden.Read($"hidden_state_{layer}").Values;
            var found = session.Run(ids, mask, types, 4, names[layer]);
            Assert.Equal(expected.Length, found.Length);
            for (var i = 0; i < expected.Length; i++)
            {
                if (mask[i / 384] == 1)
                    Assert.Equal(expected[i], found[i], 1e-4);
            }
        }
    }
}

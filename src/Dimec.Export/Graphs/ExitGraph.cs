using Dimec.Bundles;
using Dimec.Checkpoints;
using Dimec.Onnx.Writing;
using static Dimec.Onnx.Writing.AttributeValue;

namespace Dimec.Export.Graphs;

/// <summary>
/// What an exit adds to the encoder: it pools a layer's states and classifies them. In fp32 always: it multiplies once a sample, which
/// costs next to nothing, and plans decide by what it says.
/// </summary>
internal sealed class ExitGraph(ExitHeadConfig config, GraphBuilder graph, CheckpointWeights weights)
{
    /// <summary>Adds the exit of a layer and declares its logits, [batch, classes], as the graph's output.</summary>
    /// <param name="exit">The layer.</param>
    /// <param name="states">Its states, fp32 [batch, sequence, hidden].</param>
    /// <param name="attentionMask">The mask, int64 [batch, sequence].</param>
    public void Logits(int exit, string states, string attentionMask)
    {
        weights.Enter(exit);
        var features = Pool(states, attentionMask);
        if (config.Head == ExitHeadConfig.PoolerHead)
            features = graph.Node("Tanh", "exit.active", [Dense("exit.dense", ExitNames.Dense(exit), features)]);
        Dense(TierNames.Logits, ExitNames.Classifier(exit), features);
        graph.Output(TierNames.Logits, "batch", config.Labels.Count);
    }

    private string Pool(string states, string attentionMask)
    {
        if (config.Pooling == ExitHeadConfig.ClsPooling)
            return graph.Node("Gather", "exit.pooled", [states, graph.Integer("first_token", 0)], Attribute("axis", 1));
        // Its own cast of the mask: attention is only fused where nothing else reads the attention's.
        var real = graph.Node("Cast", "exit.real", [attentionMask], Attribute("to", (long)ElementType.Float));
        var column = graph.Node("Unsqueeze", "exit.real.column", [real], Attribute("axes", [2]));
        var kept = graph.Node("Mul", "exit.kept", [states, column]);
        var sum = graph.Node("ReduceSum", "exit.sum", [kept], Attribute("axes", [1]), Attribute("keepdims", 0));
        var count = graph.Node("ReduceSum", "exit.count", [real], Attribute("axes", [1]), Attribute("keepdims", 1));
        return graph.Node("Div", "exit.pooled", [sum, count]);
    }

    private string Dense(string name, string source, string input) => graph.Node("Gemm", name,
        [input, weights.Plain($"{source}.weight"), weights.Plain($"{source}.bias")], Attribute("transB", 1));
}

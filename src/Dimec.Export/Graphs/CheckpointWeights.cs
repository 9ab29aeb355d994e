using Dimec.Checkpoints;
using Dimec.Onnx;
using Dimec.Onnx.Writing;

namespace Dimec.Export.Graphs;

/// <summary>Puts a checkpoint's weights into a graph, each under its own name; the checkpoint has validated their shapes.</summary>
internal sealed class CheckpointWeights(Checkpoint checkpoint, GraphBuilder graph)
{
    /// <summary>Adds a tensor as it is stored.</summary>
    public string Plain(string name)
    {
        var tensor = checkpoint.Weights[name];
        return graph.Floats(name, tensor.Shape, tensor.Values);
    }

    /// <summary>Adds a dense layer's weight [out, in] turned round, as MatMul takes it on the right: [in, out].</summary>
    public string Transposed(string name)
    {
        var tensor = checkpoint.Weights[name];
        var (outputs, inputs) = (tensor.Shape[0], tensor.Shape[1]);
        return graph.Floats($"{name}.transposed", [inputs, outputs], Matrix.Transpose(tensor.Values, outputs, inputs));
    }
}

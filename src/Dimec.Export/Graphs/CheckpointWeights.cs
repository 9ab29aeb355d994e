using Dimec.Checkpoints;
using Dimec.Onnx;
using Dimec.Onnx.Writing;

namespace Dimec.Export.Graphs;

/// <summary>
/// Puts a checkpoint's weights into a graph, each under its own name; the checkpoint has validated their shapes.
/// </summary>
/// <param name="checkpoint">Where they come from.</param>
/// <param name="graph">Where they are named.</param>
/// <param name="files">The files of layers that the values go to, where models with the same layers share them;
/// null: into the graph.</param>
internal sealed class CheckpointWeights(Checkpoint checkpoint, GraphBuilder graph, LayerFiles? files)
{
    private int _layer = 1;

    /// <summary>What is asked for from here on belongs to a layer; the embeddings to the first.</summary>
    public void Enter(int layer) => _layer = layer;

    /// <summary>Adds a tensor as it is stored.</summary>
    public string Plain(string name)
    {
        var tensor = checkpoint.Weights[name];
        return Floats(name, tensor.Shape, () => tensor.Values);
    }

    /// <summary>Adds a dense layer's weight [out, in] turned round, as MatMul takes it on the right: [in, out].</summary>
    public string Transposed(string name)
    {
        var tensor = checkpoint.Weights[name];
        var (outputs, inputs) = (tensor.Shape[0], tensor.Shape[1]);
        return Floats($"{name}.transposed", [inputs, outputs], () => Matrix.Transpose(tensor.Values, outputs, inputs));
    }

    private string Floats(string name, int[] shape, Func<float[]> values) =>
        files is null ? graph.Floats(name, shape, values()) : graph.Floats(name, shape, files.Place(_layer, name, values));
}

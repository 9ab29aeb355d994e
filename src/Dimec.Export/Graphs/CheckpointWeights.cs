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
    public string Plain(string name) => Plain(name, ElementType.Float);

    /// <summary>Adds a tensor in other numbers.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">fp32 or fp16.</param>
    public string Plain(string name, ElementType type)
    {
        var tensor = checkpoint.Weights[name];
        return Add(name, type, tensor.Shape, () => NumberBytes.Of(tensor.Values, type));
    }

    /// <summary>Adds a dense layer's weight [out, in] turned round, as MatMul takes it on the right: [in, out].</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">fp32 or fp16.</param>
    public string Transposed(string name, ElementType type)
    {
        var tensor = checkpoint.Weights[name];
        var (outputs, inputs) = (tensor.Shape[0], tensor.Shape[1]);
        return Add(
            $"{name}.transposed", type, [inputs, outputs],
            () => NumberBytes.Of(Matrix.Transpose<float>(tensor.Values, outputs, inputs), type));
    }

    /// <summary>A tensor as it is stored, for who adds it in another form.</summary>
    public WeightTensor Stored(string name) => checkpoint.Weights[name];

    /// <summary>Adds a tensor that was made of stored ones.</summary>
    /// <param name="name">Its name, the same for the same values.</param>
    /// <param name="type">What its elements are.</param>
    /// <param name="shape">Its dimensions.</param>
    /// <param name="values">Gives its values, row-major, little-endian.</param>
    public string Add(string name, ElementType type, int[] shape, Func<ReadOnlyMemory<byte>> values) => files is null
        ? graph.Tensor(name, type, shape, values())
        : graph.Tensor(name, type, shape, files.Place(_layer, name, values));
}

using Dimec.Checkpoints.Architectures;
using Dimec.Onnx.Writing;

namespace Dimec.Export.Graphs;

/// <summary>What an encoder's layers do with weights that take most of its room and time, in the numbers of one precision.</summary>
internal interface IDenseGraph
{
    /// <summary>What states are between layers: fp32 or fp16.</summary>
    ElementType Numbers { get; }

    /// <summary>The rows of tokens in the table of words: fp32 [batch, sequence, hidden].</summary>
    /// <param name="name">The name of the rows.</param>
    /// <param name="table">The table's weight.</param>
    /// <param name="inputIds">The tokens, int64 [batch, sequence].</param>
    string Words(string name, string table, string inputIds);

    /// <summary>A dense layer: [batch, sequence, inputs] to [batch, sequence, outputs].</summary>
    /// <param name="name">The name of what it gives.</param>
    /// <param name="source">Where its weight and bias are.</param>
    /// <param name="input">What it reads.</param>
    string Add(string name, string source, string input);

    /// <summary>The three dense layers that attention begins with, each [batch, sequence, hidden].</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="source">Where its weights are.</param>
    /// <param name="input">What they read.</param>
    (string Query, string Key, string Value) QueryKeyValue(string name, LayerNames source, string input);
}

using Dimec.Bundles;
using Dimec.Checkpoints;
using Dimec.Export.Graphs;
using Dimec.Onnx.Writing;

namespace Dimec.Export;

/// <summary>Writes the part of a trained multi-exit encoder that one tier runs as an ONNX model.</summary>
/// <remarks>
/// Standard operators of the domain <c>ai.onnx</c> only, so that any ONNX engine or server runs it; weights in the file, fp32.
/// Opset 12 is chosen by measurement: ONNX Runtime 1.31 fuses attention in this form and not in that of opset 13 and later, and runs
/// MiniLM 3–8 % faster for it on two threads.
/// </remarks>
public static class OnnxExporter
{
    /// <summary>With the version of ONNX's file format that came with the opset.</summary>
    private static readonly ModelHeader s_header = new(Opset: 12, IrVersion: 7, Producer: "dimec");

    /// <summary>
    /// Writes layers 1 to <paramref name="exit"/> and that layer's exit head. Inputs <c>input_ids</c> and <c>attention_mask</c>
    /// (and <c>token_type_ids</c>), int64 [batch, sequence]; output <c>logits</c>, fp32 [batch, classes].
    /// The same input gives the same bytes.
    /// </summary>
    /// <param name="checkpoint">A trained encoder with exits.</param>
    /// <param name="exit">The layer whose exit answers, from 1; deeper layers are left out.</param>
    /// <param name="tokenTypes">Whether the model takes <c>token_type_ids</c>, where the encoder's tokens have types;
    /// without, every token has type 0.</param>
    /// <param name="output">Where the model goes; it stays open.</param>
    /// <exception cref="InputException">The checkpoint has no such exit, or the part does not fit into one ONNX file.</exception>
    public static void Export(Checkpoint checkpoint, int exit, bool tokenTypes, Stream output)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(output);
        if (checkpoint.Exits is not { } exits || !exits.Exits.Contains(exit))
        {
            var found = checkpoint.Exits is null ? "none" : string.Join(", ", checkpoint.Exits.Exits);
            throw new InputException(
                $"exit {exit}", $"is not in the checkpoint, whose exits are: {found}", "name a trained exit, or train with this one");
        }

        Build(checkpoint, exits, exit, tokenTypes).Write(s_header, output);
    }

    private static GraphBuilder Build(Checkpoint checkpoint, ExitHeadConfig exits, int exit, bool tokenTypes)
    {
        var graph = new GraphBuilder($"dimec_exit_{exit}");
        var weights = new CheckpointWeights(checkpoint, graph);
        var encoder = new EncoderGraph(checkpoint.Config, graph, weights);
        var inputIds = graph.Input(TierNames.InputIds, "batch", "sequence");
        var attentionMask = graph.Input(TierNames.AttentionMask, "batch", "sequence");
        var tokenTypeIds = tokenTypes && checkpoint.Config.Architecture.HasTokenTypes
            ? graph.Input(TierNames.TokenTypeIds, "batch", "sequence")
            : null;

        var states = encoder.Embeddings(inputIds, tokenTypeIds);
        var mask = encoder.Mask(attentionMask);
        for (var layer = 1; layer <= exit; layer++)
            states = encoder.Layer(layer, states, mask);
        new ExitGraph(exits, graph, weights).Logits(exit, states, attentionMask);

        if (graph.InitializerBytes > GraphBuilder.MostInitializerBytes)
        {
            throw new InputException($"exit {exit}", $"needs {graph.InitializerBytes} bytes of weights, more than one ONNX file holds",
                "end the tier at an earlier exit, or use a smaller backbone");
        }

        return graph;
    }
}

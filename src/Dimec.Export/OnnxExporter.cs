using Dimec.Bundles;
using Dimec.Checkpoints;
using Dimec.Export.Graphs;
using Dimec.Export.Quantization;
using Dimec.Onnx.Writing;
using Dimec.Predictions;

namespace Dimec.Export;

/// <summary>Writes the part of a trained multi-exit encoder that one tier runs as an ONNX model.</summary>
/// <remarks>
/// Standard operators of the domain <c>ai.onnx</c> only, so that any ONNX engine or server runs it; weights in the file. What goes in and
/// comes out is fp32 in every precision.
/// Opset 12 is chosen by measurement: ONNX Runtime 1.31 fuses attention in this form and not in that of opset 13 and later, and runs
/// MiniLM 3–8 % faster for it on two threads.
/// </remarks>
public static class OnnxExporter
{
    /// <summary>With the version of ONNX's file format that came with the opset.</summary>
    private static readonly ModelHeader s_header = new(Opset: 12, IrVersion: 7, Producer: "dimec");

    /// <summary>
    /// Writes layers 1 to <paramref name="exit"/> and that layer's exit head. Inputs <c>input_ids</c> and <c>attention_mask</c>
    /// (and <c>token_type_ids</c>), int64 [batch, sequence]; outputs <c>logits</c>, fp32 [batch, classes], and, but for the last layer,
    /// <c>hidden_states</c>, fp32 [batch, sequence, hidden]. The same input gives the same bytes.
    /// </summary>
    /// <param name="checkpoint">A trained encoder with exits.</param>
    /// <param name="exit">The layer whose exit answers, from 1; deeper layers are left out.</param>
    /// <param name="tokenTypes">Whether the model takes <c>token_type_ids</c>, where the encoder's tokens have types;
    /// without, every token has type 0.</param>
    /// <param name="output">Where the model goes, weights included; it stays open.</param>
    /// <param name="precision">In what numbers it computes.</param>
    /// <exception cref="InputException">The checkpoint has no such exit, or the part does not fit into one ONNX file.</exception>
    public static void Export(
        Checkpoint checkpoint, int exit, bool tokenTypes, Stream output, ModelPrecision precision = ModelPrecision.Fp32) =>
        Export(checkpoint, new LayerStretch(0, exit), tokenTypes, output, precision);

    /// <summary>
    /// Writes the layers of a stretch and the exit head of its last. Where it begins with layer 1 the inputs are those of
    /// <see cref="Export(Checkpoint, int, bool, Stream, ModelPrecision)"/>, else <c>hidden_states</c>, fp32 [batch, sequence, hidden],
    /// after the layer before, and <c>attention_mask</c>; the outputs are the same, with <c>next_hidden_states</c> in place of
    /// <c>hidden_states</c>. The same input gives the same bytes.
    /// </summary>
    /// <param name="checkpoint">A trained encoder with exits.</param>
    /// <param name="layers">The layers; the last must have an exit.</param>
    /// <param name="tokenTypes">Whether a model that begins with layer 1 takes <c>token_type_ids</c>.</param>
    /// <param name="output">Where the model goes, weights included; it stays open.</param>
    /// <param name="precision">In what numbers it computes.</param>
    /// <exception cref="InputException">The checkpoint has no such layers or exit, or the part does not fit into one ONNX file.
    /// </exception>
    public static void Export(
        Checkpoint checkpoint, LayerStretch layers, bool tokenTypes, Stream output, ModelPrecision precision = ModelPrecision.Fp32) =>
        Export(checkpoint, layers, tokenTypes, precision, files: null, output);

    /// <summary>The same with the weights beside the model, in the files of their layers.</summary>
    internal static void Export(
        Checkpoint checkpoint, LayerStretch layers, bool tokenTypes, ModelPrecision precision, LayerFiles? files, Stream output)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(output);
        if (checkpoint.Exits is not { } exits || !exits.Exits.Contains(layers.To))
        {
            var found = checkpoint.Exits is null ? "none" : string.Join(", ", checkpoint.Exits.Exits);
            throw new InputException(
                $"exit {layers.To}", $"is not in the checkpoint, whose exits are: {found}", "name a trained exit, or train with this one");
        }

        if (layers.From < 0 || layers.From >= layers.To)
            throw new InputException($"layers {layers.From} to {layers.To}", "are no stretch", "begin before the exit's layer");
        var graph = new GraphBuilder(TierNames.StretchModel(layers));
        var weights = new CheckpointWeights(checkpoint, graph, files);
        IDenseGraph dense = precision switch
        {
            ModelPrecision.Fp32 => new FloatDense(graph, weights, ElementType.Float),
            ModelPrecision.Fp16 => new FloatDense(graph, weights, ElementType.Float16),
            ModelPrecision.Int8 => new Int8Dense(graph, weights),
            _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "No graph is built in this precision."),
        };
        Build(checkpoint, layers, tokenTypes, graph, weights, dense);
        graph.Write(s_header, output);
    }

    private static void Build(
        Checkpoint checkpoint, LayerStretch layers, bool tokenTypes, GraphBuilder graph, CheckpointWeights weights, IDenseGraph dense)
    {
        var encoder = new EncoderGraph(checkpoint.Config, graph, weights, dense);
        var (states, attentionMask) = Begin(checkpoint, layers.From, tokenTypes, graph, encoder);
        var mask = encoder.Mask(attentionMask);
        for (var layer = layers.From + 1; layer <= layers.To; layer++)
            states = encoder.Layer(layer, states, mask);
        var answered = new NumberGraph(graph, dense.Numbers).ToFloat("exit.states", states);
        new ExitGraph(checkpoint.Exits!, graph, weights).Logits(layers.To, answered, attentionMask);
        // Nothing goes on from the last layer.
        if (layers.To < checkpoint.Config.Layers)
            encoder.HiddenStates(answered, layers.From == 0 ? TierNames.HiddenStates : TierNames.NextHiddenStates);

        if (graph.InitializerBytes > GraphBuilder.MostInitializerBytes)
        {
            throw new InputException(
                $"exit {layers.To}", $"needs {graph.InitializerBytes} bytes of weights, more than one ONNX file holds",
                "end the tier at an earlier exit, or use a smaller backbone");
        }
    }

    private static (string States, string AttentionMask) Begin(
        Checkpoint checkpoint, int from, bool tokenTypes, GraphBuilder graph, EncoderGraph encoder)
    {
        if (from > 0)
        {
            var given = graph.FloatInput(TierNames.HiddenStates, "batch", "sequence", checkpoint.Config.HiddenSize);
            return (encoder.Begin(given), graph.Input(TierNames.AttentionMask, "batch", "sequence"));
        }

        var inputIds = graph.Input(TierNames.InputIds, "batch", "sequence");
        var attentionMask = graph.Input(TierNames.AttentionMask, "batch", "sequence");
        var tokenTypeIds = tokenTypes && checkpoint.Config.Architecture.HasTokenTypes
            ? graph.Input(TierNames.TokenTypeIds, "batch", "sequence")
            : null;
        return (encoder.Embeddings(inputIds, tokenTypeIds), attentionMask);
    }
}

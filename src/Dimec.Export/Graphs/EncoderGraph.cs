using Dimec.Checkpoints;
using Dimec.Checkpoints.Architectures;
using Dimec.Onnx.Writing;
using static Dimec.Onnx.Writing.AttributeValue;

namespace Dimec.Export.Graphs;

/// <summary>
/// The embeddings and transformer layers of an encoder of BERT's kind (Devlin et al. 2019) in standard ONNX operators. Which operand stands
/// where, the Div for the scale and a mask chain that nothing else reads are the form that ONNX Runtime fuses into its Attention kernel.
/// </summary>
internal sealed class EncoderGraph(EncoderConfig config, GraphBuilder graph, CheckpointWeights weights)
{
    /// <summary>
    /// What is added to the scores of padding: its exponential is 0 in fp32, and it is the very number that
    /// ONNX Runtime's fusion looks for.
    /// </summary>
    private const float Masked = -10000;

    private readonly NormGraph _norm = new(config.LayerNormEpsilon, graph, weights);

    /// <summary>
    /// LayerNorm(word + position + token type): [batch, sequence, hidden].
    /// Without an input for types every token has type 0, where tokens have types.
    /// </summary>
    public string Embeddings(string inputIds, string? tokenTypeIds)
    {
        weights.Enter(1);
        var names = config.Architecture.Embeddings;
        var words = graph.Node("Gather", "embeddings.word", [weights.Plain($"{names.Word}.weight"), inputIds]);
        var types = names.TokenType is { } table ? weights.Plain($"{table}.weight") : null;
        var positions = weights.Plain($"{names.Position}.weight");
        if (tokenTypeIds is null && types is not null)
        {
            // Both are constants: an engine adds them up once, while it loads the model.
            var type = graph.Node("Gather", "embeddings.type", [types, graph.Integers("zero", 0)]);
            positions = graph.Node("Add", "embeddings.position_and_type", [positions, type]);
        }

        var length = graph.Node("Slice", "sequence_length",
            [graph.Node("Shape", "input_shape", [inputIds]), graph.Integers("one_index", 1), graph.Integers("two_index", 2)]);
        var position = graph.Node(
            "Slice", "embeddings.position", [positions, graph.Integers("zero", 0), length, graph.Integers("zero", 0)]);
        var sum = graph.Node("Add", "embeddings.word_and_position", [words, position]);
        if (tokenTypeIds is not null && types is not null)
            sum = graph.Node("Add", "embeddings.sum", [sum, graph.Node("Gather", "embeddings.type", [types, tokenTypeIds])]);
        return Described(_norm.Add("embeddings.output", names.Norm, sum));
    }

    /// <summary>0 where a token is real, a large negative number where it is padding: [batch, 1, 1, sequence].</summary>
    public string Mask(string attentionMask)
    {
        var rows = graph.Node("Unsqueeze", "mask.rows", [attentionMask], Attribute("axes", [1]));
        var heads = graph.Node("Unsqueeze", "mask.heads", [rows], Attribute("axes", [2]));
        var real = graph.Node("Cast", "mask.real", [heads], Attribute("to", GraphBuilder.Float));
        var padding = graph.Node("Sub", "mask.padding", [graph.Scalar("one", 1), real]);
        return graph.Describe(graph.Node("Mul", "mask.bias", [padding, graph.Scalar("masked", Masked)]), "batch", 1, 1, "sequence");
    }

    /// <summary>One transformer layer: [batch, sequence, hidden] to the same.</summary>
    /// <param name="number">The layer's number, from 1.</param>
    /// <param name="input">The states that it reads.</param>
    /// <param name="mask">What <see cref="Mask"/> gave.</param>
    public string Layer(int number, string input, string mask)
    {
        weights.Enter(number);
        var (name, source) = ($"layer.{number}", config.Architecture.Layer(number - 1));
        var context = Attention(name, source, input, mask);
        var projected = Dense($"{name}.attention", source.AttentionOutput, context);
        var attended = _norm.Add($"{name}.attended", source.AttentionNorm,
            graph.Node("Add", $"{name}.attention.sum", [projected, input]));
        var inner = ActivationGraph.Add(graph, $"{name}.inner", config.HiddenActivation,
            Dense($"{name}.inner.dense", source.Inner, attended));
        var outer = Dense($"{name}.outer", source.Outer, inner);
        return Described(_norm.Add($"{name}.output", source.OutputNorm, graph.Node("Add", $"{name}.outer.sum", [outer, attended])));
    }

    /// <summary>Declares states, [batch, sequence, hidden], as an output of the graph, for a tier that goes on from them.</summary>
    /// <param name="states">What <see cref="Layer"/> gave.</param>
    /// <param name="name">The output's name.</param>
    public void HiddenStates(string states, string name)
    {
        graph.Node("Identity", name, [states]);
        graph.Output(name, "batch", "sequence", config.HiddenSize);
    }

    private string Attention(string name, LayerNames source, string input, string mask)
    {
        var query = Heads($"{name}.query", source.Query, input, [0, 2, 1, 3]);
        var key = Heads($"{name}.key", source.Key, input, [0, 2, 3, 1]);
        var value = Heads($"{name}.value", source.Value, input, [0, 2, 1, 3]);
        var scores = graph.Node("MatMul", $"{name}.scores", [query, key]);
        var scaled = graph.Node("Div", $"{name}.scores.scaled", [scores, graph.Scalar("head_size_root", MathF.Sqrt(config.HeadSize))]);
        var masked = graph.Node("Add", $"{name}.scores.masked", [scaled, mask]);
        var shares = graph.Node("Softmax", $"{name}.shares", [masked], Attribute("axis", 3));
        var context = graph.Node("MatMul", $"{name}.context", [shares, value]);
        var turned = graph.Node("Transpose", $"{name}.context.turned", [context], Attribute("perm", [0, 2, 1, 3]));
        return graph.Node("Reshape", $"{name}.context.joined", [turned, graph.Integers("hidden_shape", 0, 0, config.HiddenSize)]);
    }

    private string Heads(string name, string source, string input, long[] order)
    {
        var shape = graph.Integers("heads_shape", 0, 0, config.Heads, config.HeadSize);
        var heads = graph.Node("Reshape", $"{name}.heads", [Dense(name, source, input), shape]);
        return graph.Node("Transpose", $"{name}.turned", [heads], Attribute("perm", order));
    }

    private string Dense(string name, string source, string input)
    {
        var product = graph.Node("MatMul", $"{name}.product", [input, weights.Transposed($"{source}.weight")]);
        return graph.Node("Add", name, [product, weights.Plain($"{source}.bias")]);
    }

    private string Described(string states) => graph.Describe(states, "batch", "sequence", config.HiddenSize);
}

using Dimec.Checkpoints;
using Dimec.Checkpoints.Architectures;
using Dimec.Onnx.Writing;
using static Dimec.Onnx.Writing.AttributeValue;

namespace Dimec.Export.Graphs;

/// <summary>
/// The embeddings and transformer layers of an encoder of BERT's kind (Devlin et al. 2019) in standard ONNX operators. Which operand stands
/// where, the Div for the scale and a mask chain that nothing else reads are the form that ONNX Runtime fuses into its Attention kernel.
/// </summary>
/// <param name="config">The encoder's shape.</param>
/// <param name="graph">Where the nodes go.</param>
/// <param name="weights">Where the weights come from.</param>
/// <param name="dense">How tokens and weights are multiplied.</param>
internal sealed class EncoderGraph(EncoderConfig config, GraphBuilder graph, CheckpointWeights weights, IDenseGraph dense)
{
    /// <summary>
    /// What is added to the scores of padding: its exponential is 0 in fp32, and it is the very number that
    /// ONNX Runtime's fusion looks for.
    /// </summary>
    private const float Masked = -10000;

    private readonly NormGraph _norm = new(config.LayerNormEpsilon, graph, weights);
    private readonly NumberGraph _numbers = new(graph, dense.Numbers);

    /// <summary>
    /// LayerNorm(word + position + token type): [batch, sequence, hidden].
    /// Without an input for types every token has type 0, where tokens have types.
    /// </summary>
    public string Embeddings(string inputIds, string? tokenTypeIds)
    {
        weights.Enter(1);
        var names = config.Architecture.Embeddings;
        var words = dense.Words("embeddings.word", $"{names.Word}.weight", inputIds);
        var types = names.TokenType is { } table ? Table("embeddings.types", table) : null;
        var positions = Table("embeddings.positions", names.Position);
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
        return Described(_numbers.FromFloat("embeddings.output", _norm.Add("embeddings.output", names.Norm, sum)));
    }

    /// <summary>States that come from outside, [batch, sequence, hidden], as the layers take them.</summary>
    public string Begin(string hiddenStates) => _numbers.FromFloat("hidden_states.given", hiddenStates);

    /// <summary>0 where a token is real, a large negative number where it is padding: [batch, 1, 1, sequence].</summary>
    public string Mask(string attentionMask)
    {
        var rows = graph.Node("Unsqueeze", "mask.rows", [attentionMask], Attribute("axes", [1]));
        var heads = graph.Node("Unsqueeze", "mask.heads", [rows], Attribute("axes", [2]));
        var real = graph.Node("Cast", "mask.real", [heads], Attribute("to", (long)dense.Numbers));
        var padding = graph.Node("Sub", "mask.padding", [_numbers.Scalar("one", 1), real]);
        var bias = graph.Node("Mul", "mask.bias", [padding, _numbers.Scalar("masked", Masked)]);
        return graph.Describe(bias, dense.Numbers, "batch", 1, 1, "sequence");
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
        var projected = dense.Add($"{name}.attention", source.AttentionOutput, context);
        var attended = Norm($"{name}.attended", source.AttentionNorm, graph.Node("Add", $"{name}.attention.sum", [projected, input]));
        var inner = ActivationGraph.Add(graph, _numbers, $"{name}.inner", config.HiddenActivation,
            dense.Add($"{name}.inner.dense", source.Inner, attended));
        var outer = dense.Add($"{name}.outer", source.Outer, inner);
        return Described(Norm($"{name}.output", source.OutputNorm, graph.Node("Add", $"{name}.outer.sum", [outer, attended])));
    }

    /// <summary>Declares states, [batch, sequence, hidden], as an output of the graph, for a tier that goes on from them.</summary>
    /// <param name="states">What <see cref="Layer"/> gave, in fp32.</param>
    /// <param name="name">The output's name.</param>
    public void HiddenStates(string states, string name)
    {
        graph.Node("Identity", name, [states]);
        graph.Output(name, "batch", "sequence", config.HiddenSize);
    }

    private string Attention(string name, LayerNames source, string input, string mask)
    {
        var (queries, keys, values) = dense.QueryKeyValue(name, source, input);
        var query = Heads($"{name}.query", queries, [0, 2, 1, 3]);
        var key = Heads($"{name}.key", keys, [0, 2, 3, 1]);
        var value = Heads($"{name}.value", values, [0, 2, 1, 3]);
        var scores = graph.Node("MatMul", $"{name}.scores", [query, key]);
        var root = _numbers.Scalar("head_size_root", MathF.Sqrt(config.HeadSize));
        var scaled = graph.Node("Div", $"{name}.scores.scaled", [scores, root]);
        var masked = graph.Node("Add", $"{name}.scores.masked", [scaled, mask]);
        var shares = graph.Node("Softmax", $"{name}.shares", [masked], Attribute("axis", 3));
        var context = graph.Node("MatMul", $"{name}.context", [shares, value]);
        var turned = graph.Node("Transpose", $"{name}.context.turned", [context], Attribute("perm", [0, 2, 1, 3]));
        return graph.Node("Reshape", $"{name}.context.joined", [turned, graph.Integers("hidden_shape", 0, 0, config.HiddenSize)]);
    }

    private string Heads(string name, string input, long[] order)
    {
        var shape = graph.Integers("heads_shape", 0, 0, config.Heads, config.HeadSize);
        var heads = graph.Node("Reshape", $"{name}.heads", [input, shape]);
        return graph.Node("Transpose", $"{name}.turned", [heads], Attribute("perm", order));
    }

    /// <summary>Sums of squares and ε are beyond fp16: a LayerNorm is computed in fp32 always.</summary>
    private string Norm(string name, string source, string input) =>
        _numbers.FromFloat(name, _norm.Add(name, source, _numbers.ToFloat($"{name}.sum", input)));

    /// <summary>A table of few rows, in fp32.</summary>
    private string Table(string name, string source) =>
        _numbers.ToFloat(name, weights.Plain($"{source}.weight", dense.Numbers));

    private string Described(string states) => graph.Describe(states, dense.Numbers, "batch", "sequence", config.HiddenSize);
}

using Dimec.Checkpoints;
using Dimec.Onnx.Writing;

namespace Dimec.Export.Graphs;

/// <summary>The activation functions of BERT checkpoints, spelled out in the way that graph optimisers recognise and fuse.</summary>
internal static class ActivationGraph
{
    /// <summary>Adds the function over a value and gives the result's name.</summary>
    public static string Add(GraphBuilder graph, NumberGraph numbers, string name, Activation function, string input) => function switch
    {
        Activation.Gelu => Gelu(graph, numbers, name, input),
        Activation.GeluTanh => GeluTanh(graph, numbers, name, input),
        Activation.Relu => graph.Node("Relu", name, [input]),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "This activation has no ONNX form here."),
    };

    /// <summary>x · (1 + erf(x / √2)) · ½ (Hendrycks, Gimpel 2016).</summary>
    private static string Gelu(GraphBuilder graph, NumberGraph numbers, string name, string input)
    {
        var scaled = graph.Node("Div", $"{name}.scaled", [input, numbers.Scalar("root_two", MathF.Sqrt(2))]);
        var erf = graph.Node("Erf", $"{name}.erf", [scaled]);
        var shifted = graph.Node("Add", $"{name}.shifted", [erf, numbers.Scalar("one", 1)]);
        var product = graph.Node("Mul", $"{name}.product", [input, shifted]);
        return graph.Node("Mul", name, [product, numbers.Scalar("half", 0.5f)]);
    }

    /// <summary>½ x · (1 + tanh(√(2/π) · (x + 0.044715 x³))) (Hendrycks, Gimpel 2016).</summary>
    private static string GeluTanh(GraphBuilder graph, NumberGraph numbers, string name, string input)
    {
        var cube = graph.Node("Pow", $"{name}.cube", [input, numbers.Scalar("three", 3)]);
        var bent = graph.Node("Mul", $"{name}.bent", [cube, numbers.Scalar("cubic_share", 0.044715f)]);
        var sum = graph.Node("Add", $"{name}.sum", [input, bent]);
        var scaled = graph.Node("Mul", $"{name}.scaled", [sum, numbers.Scalar("root_two_over_pi", MathF.Sqrt(2 / MathF.PI))]);
        var tanh = graph.Node("Tanh", $"{name}.tanh", [scaled]);
        var shifted = graph.Node("Add", $"{name}.shifted", [tanh, numbers.Scalar("one", 1)]);
        var halved = graph.Node("Mul", $"{name}.halved", [input, numbers.Scalar("half", 0.5f)]);
        return graph.Node("Mul", name, [halved, shifted]);
    }
}

using System.Globalization;
using Dimec.Bundles;
using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;

namespace Dimec.Serving.Models;

/// <summary>Triton's classification of an output: of each row the best classes, each as <c>value:index:label</c>.</summary>
internal static class ClassRanking
{
    /// <summary>Checks that what an output is asked for is something that it has.</summary>
    /// <exception cref="ProtocolException">Classes are asked for of an output that has none.</exception>
    public static void Check(RequestedOutput output)
    {
        if (output.Classes is not null && output.Name is not (TierNames.Logits or TierNames.Probabilities))
        {
            throw new ProtocolException(
                $"output '{output.Name}' has no number a class, so that its classes cannot be ranked; "
                + $"ask for them of '{TierNames.Logits}' or '{TierNames.Probabilities}'");
        }
    }

    /// <summary>The classes in place of an output's numbers: the largest first, of equals the first.</summary>
    /// <param name="tensor">The output, rows × classes.</param>
    /// <param name="count">How many are wanted of each row; those that there are, where that is more.</param>
    /// <param name="labels">The classes' names.</param>
    public static Tensor Of(Tensor tensor, long count, IReadOnlyList<string> labels)
    {
        var values = tensor.ToArray<float>();
        var wanted = (int)Math.Min(count, labels.Count);
        var rows = values.Length / labels.Count;
        var names = new string[rows * wanted];
        for (var row = 0; row < rows; row++)
        {
            var own = new ArraySegment<float>(values, row * labels.Count, labels.Count);
            foreach (var (place, index) in Enumerable.Range(0, labels.Count).OrderByDescending(index => own[index]).Take(wanted).Index())
                names[(row * wanted) + place] = string.Create(CultureInfo.InvariantCulture, $"{own[index]}:{index}:{labels[index]}");
        }

        return Tensor.FromStrings(tensor.Name, [rows, wanted], names);
    }
}

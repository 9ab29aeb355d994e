using System.Collections.ObjectModel;

namespace Dimec.OpenInference;

/// <summary>Triton's parameter of a requested output: of each row the so many best classes, in place of the numbers.</summary>
internal static class ClassificationParameter
{
    /// <summary>What it is called.</summary>
    public const string Key = "classification";

    /// <summary>The parameters that are kept of a requested output.</summary>
    /// <param name="value">What it says; null: an array or an object.</param>
    /// <returns>Empty where no classes are asked for.</returns>
    /// <exception cref="ProtocolException">It is no number of classes.</exception>
    public static IReadOnlyDictionary<string, ParameterValue> Read(ParameterValue? value) => value?.Integer switch
    {
        0 => ReadOnlyDictionary<string, ParameterValue>.Empty,
        > 0 and var count => new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { [Key] = count },
        _ => throw new ProtocolException(
            $"a requested output has the parameter '{Key}' that is no number of classes; give a whole number, at least 1"),
    };
}

using Dimec.Checkpoints.Architectures;

namespace Dimec.Checkpoints.Naming;

/// <summary>Brings the spellings in which an encoder's tensors travel to one.</summary>
internal static class CanonicalName
{
    /// <summary>
    /// Without the family's prefix (<c>bert.</c>); TensorFlow's LayerNorm names <c>gamma</c> and <c>beta</c> become
    /// <c>weight</c> and <c>bias</c>.
    /// </summary>
    public static string Of(string name, EncoderArchitecture architecture) =>
        Modern(name.StartsWith(architecture.Prefix, StringComparison.Ordinal) ? name[architecture.Prefix.Length..] : name);

    /// <summary>With today's LayerNorm names, whatever stands before them.</summary>
    public static string Modern(string name) =>
        Replace(Replace(name, "LayerNorm.gamma", "LayerNorm.weight"), "LayerNorm.beta", "LayerNorm.bias");

    private static string Replace(string name, string ending, string replacement) =>
        name.EndsWith(ending, StringComparison.Ordinal) ? name[..^ending.Length] + replacement : name;
}

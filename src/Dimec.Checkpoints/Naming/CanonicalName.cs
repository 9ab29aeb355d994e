namespace Dimec.Checkpoints.Naming;

/// <summary>Brings the spellings in which BERT's tensors travel to one.</summary>
internal static class CanonicalName
{
    /// <summary>What transformers sets before the encoder's names where a head stands beside the encoder.</summary>
    public const string Prefix = "bert.";

    /// <summary>Without the prefix <c>bert.</c>; TensorFlow's LayerNorm names <c>gamma</c> and <c>beta</c> become <c>weight</c> and <c>bias</c>.</summary>
    public static string Of(string name) => Modern(name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name);

    /// <summary>With today's LayerNorm names, whatever stands before them.</summary>
    public static string Modern(string name) => Replace(Replace(name, "LayerNorm.gamma", "LayerNorm.weight"), "LayerNorm.beta", "LayerNorm.bias");

    private static string Replace(string name, string ending, string replacement) =>
        name.EndsWith(ending, StringComparison.Ordinal) ? name[..^ending.Length] + replacement : name;
}

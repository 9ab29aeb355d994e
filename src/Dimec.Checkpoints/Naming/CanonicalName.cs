namespace Dimec.Checkpoints.Naming;

/// <summary>Brings the spellings in which BERT's tensors travel to one.</summary>
internal static class CanonicalName
{
    private const string Prefix = "bert.";

    /// <summary>Without the prefix <c>bert.</c>; TensorFlow's LayerNorm names <c>gamma</c> and <c>beta</c> become <c>weight</c> and <c>bias</c>.</summary>
    public static string Of(string name)
    {
        var plain = name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
        return Replace(Replace(plain, "LayerNorm.gamma", "LayerNorm.weight"), "LayerNorm.beta", "LayerNorm.bias");
    }

    private static string Replace(string name, string ending, string replacement) =>
        name.EndsWith(ending, StringComparison.Ordinal) ? name[..^ending.Length] + replacement : name;
}

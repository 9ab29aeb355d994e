namespace Dimec.Inference.Protocol;

/// <summary>What a tier's models, tensors and parameters are called on the wire.</summary>
internal static class TierNames
{
    /// <summary>Text in, label out.</summary>
    public const string TextModel = "dimec";

    public const string Text = "text";
    public const string TextPair = "text_pair";
    public const string Label = "label";
    public const string Probabilities = "probabilities";
    public const string InputIds = "input_ids";
    public const string AttentionMask = "attention_mask";
    public const string TokenTypeIds = "token_type_ids";
    public const string Logits = "logits";

    /// <summary>Parameter of a response: the tier that answered.</summary>
    public const string TierParameter = "dimec_tier";

    /// <summary>Parameter of a response: the exit (layer number, from 1) that answered.</summary>
    public const string ExitParameter = "dimec_exit";

    /// <summary>Parameter of a request and of a response: the bundle's hash, SHA-256 in hexadecimal.</summary>
    public const string BundleParameter = "dimec_bundle";

    /// <summary>Token ids in, logits out: all that an offloading client needs of a tier.</summary>
    public static string TokenModel(string tier) => $"dimec_{tier}";
}

namespace Dimec.Bundles;

/// <summary>What a tier's models, tensors and parameters are called on the wire.</summary>
public static class TierNames
{
    /// <summary>The model of text in, label out.</summary>
    public const string TextModel = "dimec";

    /// <summary>Input of the text model: the texts.</summary>
    public const string Text = "text";

    /// <summary>Input of the text model, where the bundle's task has pairs: the second texts.</summary>
    public const string TextPair = "text_pair";

    /// <summary>Output of the text model: the labels.</summary>
    public const string Label = "label";

    /// <summary>Output of the text model: the probabilities of the classes, 0 to 1.</summary>
    public const string Probabilities = "probabilities";

    /// <summary>Input of a token model: the tokens' numbers.</summary>
    public const string InputIds = "input_ids";

    /// <summary>Input of a token model: 1 for a token, 0 for padding.</summary>
    public const string AttentionMask = "attention_mask";

    /// <summary>Input of a token model, where the bundle's model has token types: 0 for the first text, 1 for its pair.</summary>
    public const string TokenTypeIds = "token_type_ids";

    /// <summary>Output of a token model: one logit a class.</summary>
    public const string Logits = "logits";

    /// <summary>Parameter of a response: the tier that answered.</summary>
    public const string TierParameter = "dimec_tier";

    /// <summary>Parameter of a response: the exit (layer number, from 1) that answered.</summary>
    public const string ExitParameter = "dimec_exit";

    /// <summary>Parameter of a request and of a response: the bundle's hash, SHA-256 in hexadecimal.</summary>
    public const string BundleParameter = "dimec_bundle";

    /// <summary>The model of token ids in, logits out: all that an offloading client needs of a tier.</summary>
    /// <param name="tier">The tier's name.</param>
    public static string TokenModel(string tier) => $"dimec_{tier}";
}

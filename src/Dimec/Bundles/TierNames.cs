using System.Globalization;

namespace Dimec.Bundles;

/// <summary>What a tier's models, tensors and parameters are called on the wire.</summary>
public static class TierNames
{
    /// <summary>What a tier of ours calls itself in the server's metadata; a server of another name knows none of our parameters.</summary>
    public const string Server = "dimec";

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

    /// <summary>
    /// The model of text in, the plan's answer out, which the bundle's first tier has: exit 0, its own layers, and the tiers that it was
    /// given addresses of.
    /// </summary>
    public const string PlanModel = "dimec_plan";

    /// <summary>Output of the plan model: the probability of the label, 0 to 1.</summary>
    public const string Confidence = "confidence";

    /// <summary>Output of the plan model: the name of the tier that answered.</summary>
    public const string AnsweringTier = "tier";

    /// <summary>Output of the plan model: the layer number of the exit that answered; 0 for the n-gram exit.</summary>
    public const string AnsweringExit = "exit";

    /// <summary>Output of the plan model: what all that was run and sent costs, in the unit of the plan's costs.</summary>
    public const string Cost = "cost";

    /// <summary>
    /// Output of the plan model: whether a tier that the plan named did not answer, so that another one did in its place.
    /// </summary>
    public const string Fallback = "fallback";

    /// <summary>Output of the plan model: whether the text was longer than the model reads.</summary>
    public const string Truncated = "truncated";

    /// <summary>Input of a token model: the tokens' numbers.</summary>
    public const string InputIds = "input_ids";

    /// <summary>Input of a token model: 1 for a token, 0 for padding.</summary>
    public const string AttentionMask = "attention_mask";

    /// <summary>Input of a token model, where the bundle's model has token types: 0 for the first text, 1 for its pair.</summary>
    public const string TokenTypeIds = "token_type_ids";

    /// <summary>Output of a token model: one logit a class.</summary>
    public const string Logits = "logits";

    /// <summary>Input and output of a token or stretch model: the states of all tokens after a layer, [rows, tokens, hidden].</summary>
    public const string HiddenStates = "hidden_states";

    /// <summary>
    /// What the ONNX model of a stretch that takes hidden states calls those that it gives: a name stands for one value in a model. On the
    /// wire they are <see cref="HiddenStates"/> like all.
    /// </summary>
    public const string NextHiddenStates = "next_hidden_states";

    /// <summary>Beside hidden states as INT8: what 1 stands for, a number a token, [rows, tokens].</summary>
    public const string HiddenScales = "hidden_scales";

    /// <summary>Input of a walk: the logits of the exits that a row has passed, [rows, exits, classes].</summary>
    public const string PassedLogits = "passed_logits";

    /// <summary>
    /// Input of a walk: what was run for each of these, [rows, exits, 4]: the tier's place, the layers before, the last layer, and what it
    /// began with (0 the text, 1 its own hidden states, 2 those that a tier sent on, 3 those that the client carried).
    /// </summary>
    public const string Passed = "passed";

    /// <summary>Output of a walk: the logits of the exits that it came to, [rows, exits, classes].</summary>
    public const string VisitLogits = "visit_logits";

    /// <summary>Output of a walk: what was run for each of these, as <see cref="Passed"/>; −1 throughout where a row has fewer.</summary>
    public const string Visits = "visits";

    /// <summary>Output of a walk: the rows, from 0, whose hidden states are given for the client to carry on, [rows given].</summary>
    public const string HiddenRows = "hidden_rows";

    /// <summary>Parameter of a request: in what numbers hidden states are to be given: <c>fp32</c>, <c>fp16</c> or <c>int8</c>.</summary>
    public const string HiddenFormatParameter = "dimec_hidden_states";

    /// <summary>Parameter of a request: the layer whose hidden states it brings.</summary>
    public const string LayerParameter = "dimec_layer";

    /// <summary>Parameter of a walk's request: the layer at whose exit the tier stops first; from there on it goes by the plan.</summary>
    public const string StopParameter = "dimec_stop";

    /// <summary>Parameter of a request: how long its caller waits for the answer, in milliseconds.</summary>
    public const string DeadlineParameter = "dimec_deadline_ms";

    /// <summary>Parameter of a request: its rows are no samples but made to try the tier, which records nothing of them.</summary>
    public const string ProbeParameter = "dimec_probe";

    /// <summary>Parameter of a request: true where nothing of its texts may leave the process that is asked, or be recorded.</summary>
    public const string LocalOnlyParameter = "dimec_local_only";

    /// <summary>Parameter of a request of texts: the tier that is to answer with its own exit, whatever the plan says.</summary>
    public const string PinParameter = "dimec_pin";

    /// <summary>Parameter of a walk's and of a plan's response: why the tier that was to go on could not, a sentence.</summary>
    public const string ForwardFailureParameter = "dimec_forward_failure";

    /// <summary>Parameter of a response: the tier that answered.</summary>
    public const string TierParameter = "dimec_tier";

    /// <summary>Parameter of a response: the exit (layer number, from 1) that answered.</summary>
    public const string ExitParameter = "dimec_exit";

    /// <summary>Parameter of a request and of a response: the bundle's hash, SHA-256 in hexadecimal.</summary>
    public const string BundleParameter = "dimec_bundle";

    /// <summary>The model of token ids in, logits out: all that an offloading client needs of a tier.</summary>
    /// <param name="tier">The tier's name.</param>
    public static string TokenModel(string tier) => $"dimec_{tier}";

    /// <summary>The model of a stretch of layers: from hidden states, or from token ids where it begins with layer 1.</summary>
    /// <param name="layers">The layers.</param>
    public static string StretchModel(LayerStretch layers) =>
        string.Create(CultureInfo.InvariantCulture, $"dimec_{layers.From}_{layers.To}");

    /// <summary>
    /// The model that goes on with the bundle's plan as far as the tier can, and sends on what the plan has another tier go on with.
    /// </summary>
    /// <param name="from">The layer whose hidden states it takes; 0: it takes token ids.</param>
    public static string WalkModel(int from) =>
        from == 0 ? "dimec_walk" : string.Create(CultureInfo.InvariantCulture, $"dimec_walk_{from}");
}

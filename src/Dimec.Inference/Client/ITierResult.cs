using Dimec.OpenInference;

namespace Dimec.Inference.Client;

/// <summary>What came of asking a tier, as far as it says whether to ask again.</summary>
internal interface ITierResult
{
    /// <summary>Why a call had no answer; null: it had one, or what is wrong with it was found here.</summary>
    OpenInferenceFailure? Cause { get; }

    /// <summary>Whether there is an answer.</summary>
    bool IsAnswer { get; }
}

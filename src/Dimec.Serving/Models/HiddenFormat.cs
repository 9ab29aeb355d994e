using Dimec.Bundles;
using Dimec.OpenInference;
using Dimec.Policies.Resuming;

namespace Dimec.Serving.Models;

/// <summary>In what numbers a request wants hidden states.</summary>
internal static class HiddenFormat
{
    /// <exception cref="ProtocolException">There are no such numbers.</exception>
    public static HiddenStateFormat Of(InferRequest request)
    {
        if (!request.Parameters.TryGetValue(TierNames.HiddenFormatParameter, out var named) || named.String is not { } name)
            return HiddenStateFormat.Fp32;
        return ChoiceNames.Find<HiddenStateFormat>(name) ?? throw new ProtocolException(
            $"'{TierNames.HiddenFormatParameter}' is '{name}'; give one of {string.Join(", ", ChoiceNames.All<HiddenStateFormat>())}");
    }
}

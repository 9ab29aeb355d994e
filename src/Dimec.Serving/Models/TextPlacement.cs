using Dimec.Bundles;
using Dimec.OpenInference;

namespace Dimec.Serving.Models;

/// <summary>Where the texts of a request are to be answered, as its parameters say.</summary>
/// <param name="IsLocalOnly">Whether they stay in this process, and nothing of them is recorded.</param>
/// <param name="Tier">The tier that is to answer; null: it says nothing of that.</param>
internal readonly record struct TextPlacement(bool IsLocalOnly, string? Tier)
{
    /// <summary>What a request says.</summary>
    /// <exception cref="ProtocolException">It says neither true nor false.</exception>
    public static TextPlacement Of(InferRequest request)
    {
        var tier = request.Parameters.TryGetValue(TierNames.PinParameter, out var pin) ? pin.String : null;
        if (!request.Parameters.TryGetValue(TierNames.LocalOnlyParameter, out var stays))
            return new TextPlacement(false, tier);
        return stays.String is "true" or "false"
            ? new TextPlacement(stays.String == "true", tier)
            : throw new ProtocolException($"'{TierNames.LocalOnlyParameter}' is '{stays}'; give true or false");
    }
}

using System.Globalization;
using Dimec.Bundles;
using Dimec.OpenInference;
using Dimec.OpenInference.Grpc.Messages;
using Dimec.Serving.Models;

namespace Dimec.Serving.Extensions;

/// <summary>
/// Which models there are: those of the revision that is served, and of the one before while it is kept; and why another that is deployed
/// is not.
/// </summary>
internal static class RepositoryIndex
{
    /// <summary>The models.</summary>
    /// <param name="tier">The tier.</param>
    /// <param name="onlyReady">Whether only those are wanted that answer.</param>
    public static RepositoryIndexResponse Of(TierService tier, bool onlyReady)
    {
        var isReady = tier.IsReady;
        var index = new RepositoryIndexResponse();
        if (onlyReady && !isReady)
            return index;
        index.Models.AddRange(tier.Models.Select(model => new RepositoryIndexResponse.Types.ModelIndex
        {
            Name = model.Name,
            Version = model.Versions[0],
            State = isReady ? "READY" : "UNAVAILABLE",
            Reason = isReady ? "" : "the tier is stopping",
        }));
        if (!onlyReady && tier.Refused is { } refused)
        {
            index.Models.Add(new RepositoryIndexResponse.Types.ModelIndex
            {
                Name = TierNames.TextModel,
                Version = refused.Revision?.ToString(CultureInfo.InvariantCulture) ?? "",
                State = "UNAVAILABLE",
                Reason = PlainSentence.Of(refused.Sentence),
            });
        }

        return index;
    }
}

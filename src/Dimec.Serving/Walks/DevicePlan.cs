using Dimec.Inference;
using Dimec.Inference.Walks;
using Dimec.Serving.Models;
using Dimec.Serving.Scheduling;

namespace Dimec.Serving.Walks;

/// <summary>
/// The bundle's plan from the text on, as the client has it, on the first tier: for apps in any language on the same device. Exit 0 answers
/// before anything waits, this tier's layers run when the queue lets them, and other tiers are asked where they have addresses.
/// </summary>
internal sealed class DevicePlan : IDisposable
{
    private readonly DimecClient _client;
    private readonly WorkQueue _queue;

    private DevicePlan(DimecClient client, WorkQueue queue) => (_client, _queue) = (client, queue);

    /// <summary>A tier's plan; null where it is not the bundle's first, for a plan begins there.</summary>
    /// <exception cref="InputException">A file of the bundle cannot be read.</exception>
    public static DevicePlan? Of(Bundle bundle, DimecTierOptions options, WorkQueue queue, TimeProvider time)
    {
        if (bundle.Manifest.Tiers[0].Name != options.Tier)
            return null;
        var tiers = new TierSet(bundle, here: 0, TierWalk.Remotes(bundle, options, time), standIn: true);
        return new DevicePlan(DimecClient.Of(bundle, TierWalk.Asking(options), tiers, time), queue);
    }

    /// <summary>Answers texts, in their order.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="call">Who asks, and how long the caller waits for the answer.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits for it any more.</param>
    public Task<IReadOnlyList<Classification>> ClassifyAsync(
        IReadOnlyList<TextInput> texts, ModelCall call, CancellationToken cancellationToken) =>
        _client.ClassifyAsync(
            texts, new QueuedStretches(_queue, call.Caller), TierWalk.Limit(call.Deadline), cancellationToken);

    public void Dispose() => _client.Close();
}

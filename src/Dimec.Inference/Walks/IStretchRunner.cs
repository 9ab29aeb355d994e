using Dimec.Costs;

namespace Dimec.Inference.Walks;

/// <summary>Runs the layers of the tier that this process is: at once, or when a queue lets it.</summary>
internal interface IStretchRunner
{
    /// <summary>Runs rows through a stretch.</summary>
    /// <param name="work">A stretch that the tier has a model of.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="hidden">Whether the states after the last layer are wanted.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits for it any more.</param>
    Task<StretchResult> RunAsync(TierWork work, IReadOnlyList<TierRow> rows, bool hidden, CancellationToken cancellationToken);
}

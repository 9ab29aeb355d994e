namespace Dimec.Policies.Fitting;

/// <summary>A fitter whose search has counted what each candidate does, so that nobody has to run them to find out.</summary>
/// <param name="policy">The policy.</param>
/// <typeparam name="TParameters">The parameters' type.</typeparam>
internal abstract class SearchFitter<TParameters>(PolicyFactory<TParameters> policy) : PolicyFitter<TParameters>(policy)
    where TParameters : PolicyParameters
{
    /// <inheritdoc/>
    public sealed override IReadOnlyList<TParameters> Fit(PolicyFitting fitting) =>
        [.. Candidates(fitting).Select(candidate => Own(candidate.Parameters))];

    /// <inheritdoc/>
    public abstract override IReadOnlyList<FittedCandidate> Candidates(PolicyFitting fitting);
}

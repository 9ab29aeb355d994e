using Dimec.Costs;
using Dimec.Predictions;

namespace Dimec.Policies.Fitting;

/// <summary>A fitter whose parameters are of one type.</summary>
/// <param name="policy">The policy.</param>
/// <typeparam name="TParameters">The parameters' type.</typeparam>
public abstract class PolicyFitter<TParameters>(PolicyFactory<TParameters> policy) : IPolicyFitter
    where TParameters : PolicyParameters
{
    /// <inheritdoc/>
    public IPolicyFactory Policy => policy;

    /// <inheritdoc/>
    public abstract string Source { get; }

    /// <inheritdoc/>
    public virtual bool IsBlindToCosts => false;

    /// <inheritdoc/>
    public virtual string? RepeatsSharesOf => null;

    /// <inheritdoc/>
    public virtual InputError? Lack(PolicyFitting fitting) => null;

    /// <inheritdoc cref="IPolicyFitter.Fit"/>
    public abstract IReadOnlyList<TParameters> Fit(PolicyFitting fitting);

    /// <inheritdoc/>
    public virtual IReadOnlyList<FittedCandidate> Candidates(PolicyFitting fitting) =>
        [.. Fit(fitting).Select(parameters => new FittedCandidate(parameters))];

    /// <inheritdoc cref="IPolicyFitter.Repeat"/>
    public virtual TParameters Repeat(TParameters parameters, IReadOnlyDictionary<string, double> shares) => parameters;

    /// <inheritdoc cref="IPolicyFitter.CreateMeasured"/>
    public virtual IPolicy CreateMeasured(TParameters parameters, CostStructure planned, RecordedExits part, CostStructure costs) =>
        policy.Create(parameters, planned);

    /// <inheritdoc cref="IPolicyFitter.Notes"/>
    public virtual IEnumerable<string> Notes(TParameters parameters, CostStructure costs) => [];

    /// <inheritdoc cref="IPolicyFitter.IsLastTier"/>
    public virtual bool IsLastTier(TParameters parameters, CostStructure costs) => false;

    /// <inheritdoc/>
    public virtual IEnumerable<string> SearchNotes(PolicyFitting fitting) => [];

    IReadOnlyList<PolicyParameters> IPolicyFitter.Fit(PolicyFitting fitting) => Fit(fitting);

    PolicyParameters IPolicyFitter.Repeat(PolicyParameters parameters, IReadOnlyDictionary<string, double> shares) =>
        Repeat(Own(parameters), shares);

    IPolicy IPolicyFitter.CreateMeasured(PolicyParameters parameters, CostStructure planned, RecordedExits part, CostStructure costs) =>
        CreateMeasured(Own(parameters), planned, part, costs);

    IEnumerable<string> IPolicyFitter.Notes(PolicyParameters parameters, CostStructure costs) => Notes(Own(parameters), costs);

    bool IPolicyFitter.IsLastTier(PolicyParameters parameters, CostStructure costs) => IsLastTier(Own(parameters), costs);

    private protected TParameters Own(PolicyParameters parameters) => parameters as TParameters
        ?? throw new ArgumentException($"'{policy.Name}' takes {typeof(TParameters).Name}.", nameof(parameters));
}

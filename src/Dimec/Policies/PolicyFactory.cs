using System.Text.Json;
using Dimec.Costs;

namespace Dimec.Policies;

/// <summary>A factory whose parameters are of one type.</summary>
/// <param name="name">The name in <c>plan.json</c>, by which it is planned as well.</param>
/// <param name="kind">The part that the policy plays in comparisons.</param>
/// <typeparam name="TParameters">The parameters' type.</typeparam>
public abstract class PolicyFactory<TParameters>(string name, PolicyKind kind) : IPolicyFactory
    where TParameters : PolicyParameters
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public PolicyKind Kind => kind;

    /// <inheritdoc/>
    public virtual string? NotServed => null;

    /// <inheritdoc/>
    public virtual bool Resumes => false;

    /// <inheritdoc cref="IPolicyFactory.Read"/>
    public abstract TParameters Read(JsonElement parameters, CostStructure costs, string where);

    /// <inheritdoc cref="IPolicyFactory.Write"/>
    public abstract void Write(TParameters parameters, CostStructure costs, Utf8JsonWriter json);

    /// <inheritdoc cref="IPolicyFactory.Summarise"/>
    public virtual void Summarise(TParameters parameters, CostStructure costs, Utf8JsonWriter json) => Write(parameters, costs, json);

    /// <inheritdoc cref="IPolicyFactory.Create"/>
    public abstract IPolicy Create(TParameters parameters, CostStructure costs);

    PolicyParameters IPolicyFactory.Read(JsonElement parameters, CostStructure costs, string where) => Read(parameters, costs, where);

    void IPolicyFactory.Write(PolicyParameters parameters, CostStructure costs, Utf8JsonWriter json) => Write(Own(parameters), costs, json);

    void IPolicyFactory.Summarise(PolicyParameters parameters, CostStructure costs, Utf8JsonWriter json) =>
        Summarise(Own(parameters), costs, json);

    IPolicy IPolicyFactory.Create(PolicyParameters parameters, CostStructure costs) => Create(Own(parameters), costs);

    private TParameters Own(PolicyParameters parameters) => parameters as TParameters
        ?? throw new ArgumentException($"'{name}' takes {typeof(TParameters).Name}.", nameof(parameters));
}

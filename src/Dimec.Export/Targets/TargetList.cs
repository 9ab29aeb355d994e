using Dimec.Export.Targets.KServe;
using Dimec.Export.Targets.Kubernetes;
using Dimec.Export.Targets.Monitoring;
using Dimec.Export.Targets.Oci;
using Dimec.Export.Targets.Triton;

namespace Dimec.Export.Targets;

/// <summary>Targets by their names.</summary>
/// <param name="targets">The targets, in the order of the help.</param>
public sealed class TargetList(IEnumerable<IExportTarget> targets)
{
    private readonly IExportTarget[] _targets = [.. targets];

    /// <summary>The targets of this library.</summary>
    public static TargetList Default { get; } =
        new([new TritonTarget(), new KServeTarget(), new KubernetesTarget(), new OciTarget(), new MonitoringTarget()]);

    /// <summary>All of them.</summary>
    public IReadOnlyList<IExportTarget> All => _targets;

    /// <summary>The target of a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="where">How errors name where it stands.</param>
    /// <exception cref="InputException">There is none.</exception>
    public IExportTarget Find(string name, string where) =>
        _targets.FirstOrDefault(target => target.Name == name) ?? throw new InputException(
            where, "is not known", $"use one of {string.Join(", ", _targets.Select(target => target.Name))}");
}

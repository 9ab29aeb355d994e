using System.Reflection;
using System.Text.RegularExpressions;

namespace Dimec.Export.Targets;

/// <summary>What a target is told beside the bundle. Checked once, before anything is written.</summary>
public sealed partial record TargetSettings
{
    /// <summary>The most cores that a replica can be given: as many runs as a tier has at most.</summary>
    private const int MostCores = 64;

    /// <summary>
    /// The tiers to serve, by their names. Default: all but the first, which runs on the client's own device.
    /// </summary>
    public IReadOnlyList<string> Tiers { get; init; } = [];

    /// <summary>
    /// The container image of <c>dimec-tier</c>. Default: <c>dimec-tier</c> with this version as its tag, as the project publishes it.
    /// </summary>
    public string Image { get; init; } = $"dimec-tier:{Version}";

    /// <summary>
    /// Where a cluster finds the bundle, e.g. <c>oci://registry.example/dimec:7</c> (an image of the target <c>oci</c>) or
    /// <c>pvc://claim/folder</c>. Which schemes there are is the target's matter. Default: none.
    /// </summary>
    public string? Storage { get; init; }

    /// <summary>The cores of a replica: as many runs are there at once, each on a thread. 1 to 64, by default 2.</summary>
    public int Cores { get; init; } = 2;

    private static string Version => typeof(TargetSettings).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>What the program calls one of these.</summary>
    internal static string Name(string property) => OptionNames.Of<TargetSettings>(property);

    internal void Validate(InputErrors errors)
    {
        if (!ImageReference().IsMatch(Image))
            errors.Add(Name(nameof(Image)), $"is '{Image}', no image's name", "write e.g. registry.example/dimec-tier:0.1.0");
        if (Storage is not null && !Address().IsMatch(Storage))
        {
            errors.Add(
                Name(nameof(Storage)), $"is '{Storage}', no address", "write e.g. oci://registry.example/dimec:1 or pvc://claim/bundle");
        }

        if (Cores is < 1 or > MostCores)
            errors.Add(Name(nameof(Cores)), $"is {Cores}", $"give 1 to {MostCores}");
    }

    /// <summary>Nothing that YAML could take for anything but letters.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._/:@-]*[A-Za-z0-9]\z")]
    private static partial Regex ImageReference();

    [GeneratedRegex(@"^[a-z][a-z0-9+]*://[A-Za-z0-9][A-Za-z0-9._~/:@%=+-]*\z")]
    private static partial Regex Address();
}

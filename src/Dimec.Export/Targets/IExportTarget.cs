namespace Dimec.Export.Targets;

/// <summary>
/// What another engine, or a cluster, serves a bundle from. A new one is a sealed class and an entry in <see cref="TargetList.Default"/>.
/// </summary>
public interface IExportTarget
{
    /// <summary>Its name, e.g. <c>triton</c>.</summary>
    string Name { get; }

    /// <summary>What it writes, for the tool's help, e.g. "a repository of models for Triton".</summary>
    string Purpose { get; }

    /// <summary>The settings that it reads, by their names in <see cref="TargetSettings"/>; others mean nothing to it.</summary>
    IReadOnlyCollection<string> Reads { get; }

    /// <summary>Adds what it needs of the settings and does not find.</summary>
    /// <param name="settings">The settings, valid by themselves.</param>
    /// <param name="errors">Gets what is wrong.</param>
    void Validate(TargetSettings settings, InputErrors errors);

    /// <summary>What it writes.</summary>
    /// <param name="bundle">The bundle, whose files have been checked.</param>
    /// <param name="settings">The settings, valid by themselves and for this target.</param>
    /// <exception cref="InputException">The bundle has what this target cannot serve.</exception>
    IEnumerable<TargetFile> Files(TargetBundle bundle, TargetSettings settings);
}

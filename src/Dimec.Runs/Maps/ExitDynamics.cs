using Dimec.Cartography;

namespace Dimec.Runs.Maps;

/// <summary>The dynamics of one exit.</summary>
/// <param name="Folder">The folder of the epochs' files.</param>
/// <param name="Epochs">The epochs.</param>
/// <param name="Exit">The exit's layer number; null where the folder does not tell.</param>
public sealed record ExitDynamics(string Folder, IReadOnlyList<DynamicsEpoch> Epochs, int? Exit)
{
    /// <summary>The epochs' files, in their order.</summary>
    public IEnumerable<string> Files => Epochs.Select(epoch => Path.Combine(Folder, TrainingDynamicsFolder.FileName(epoch.Number)));
}

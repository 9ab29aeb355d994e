using System.Globalization;
using Dimec.Cartography;
using Dimec.Predictions;

namespace Dimec.Runs.Maps;

/// <summary>
/// The dynamics of a part: of several exits, as our own training records them, or of one that nothing names, as another training may have.
/// </summary>
public sealed class PartDynamics
{
    private const string ExitPrefix = "exit-";
    private readonly string _folder;
    private readonly string _single;

    private PartDynamics(string folder, string single)
    {
        (_folder, _single) = (folder, single);
        Exits = !Directory.Exists(folder)
            ? []
            :
            [
                .. Directory.GetDirectories(folder, ExitPrefix + "*")
                    .Select(found => int.TryParse(Path.GetFileName(
                        found)[ExitPrefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var exit) ? exit : 0)
                    .Where(exit => exit > 0)
                    .Order(),
            ];
    }

    /// <summary>
    /// The layers of the exits whose dynamics there are, ascending; empty where there are none, or those of one exit that nothing names.
    /// </summary>
    public IReadOnlyList<int> Exits { get; }

    /// <summary>Whether there are any.</summary>
    public bool Exist => Exits.Count > 0 || Directory.Exists(Path.Combine(_single, TrainingDynamicsFolder.Name));

    /// <summary>The training samples' dynamics, of a run or of any folder that holds <c>training_dynamics/</c>.</summary>
    public static PartDynamics OfTraining(RunFolder run) => new(run.DynamicsOf(PartNames.Train), run.Path);

    /// <summary>The selection samples' dynamics.</summary>
    public static PartDynamics OfSelection(RunFolder run) => new(run.DynamicsOf(PartNames.Selection), run.DynamicsOf(PartNames.Selection));

    /// <summary>Opens the dynamics of one exit.</summary>
    /// <param name="exit">The exit's layer number; null for the last one.</param>
    /// <exception cref="InputException">There are no dynamics, or not of this exit.</exception>
    public ExitDynamics Open(int? exit)
    {
        if (Exits.Count == 0)
        {
            if (exit is not null)
            {
                throw new InputException(
                    $"{MapOptionNames.Exit} {exit}", $"{_single} holds the dynamics of one exit only", $"leave {MapOptionNames.Exit} out");
            }

            return new ExitDynamics(Path.Combine(_single, TrainingDynamicsFolder.Name), TrainingDynamicsFolder.Open(_single), Exit: null);
        }

        var chosen = exit ?? Exits[^1];
        if (!Exits.Contains(chosen))
        {
            throw new InputException(
                $"{MapOptionNames.Exit} {exit}", $"{_folder} holds dynamics of the exits {string.Join(", ", Exits)}", "name one of these");
        }

        var folder = RunFolder.ExitDynamics(_folder, chosen);
        return new ExitDynamics(folder, TrainingDynamicsFolder.Open(folder), chosen);
    }
}

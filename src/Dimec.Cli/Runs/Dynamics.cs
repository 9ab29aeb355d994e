using System.Globalization;
using Dimec.Cartography;
using Dimec.Training;

namespace Dimec.Cli.Runs;

/// <summary>Finds the training dynamics of a run, or of a folder that another training wrote.</summary>
internal static class Dynamics
{
    /// <summary>Opens the dynamics of one exit.</summary>
    /// <param name="path">A run, or any folder that holds <c>training_dynamics/</c>.</param>
    /// <param name="exit">The exit's layer number; null for the last one.</param>
    /// <returns>The epochs, and the exit that they belong to (null where the folder does not tell).</returns>
    /// <exception cref="InputException">There are no dynamics, or not of this exit.</exception>
    public static (IReadOnlyList<DynamicsEpoch> Epochs, int? Exit) Open(string path, int? exit)
    {
        var run = RunFolder.Open(path);
        var exits = Exits(run);
        if (exits.Length == 0)
        {
            if (exit is not null)
                throw new InputException($"--exit {exit}", $"{path} holds the dynamics of one exit only", "leave --exit out");
            return (TrainingDynamicsFolder.Open(path), null);
        }

        var chosen = exit ?? exits[^1];
        if (!exits.Contains(chosen))
            throw new InputException($"--exit {exit}", $"{path} holds dynamics of the exits {string.Join(", ", exits)}", "name one of these");
        return (TrainingDynamicsFolder.Open(run.ExitDynamics(chosen)), chosen);
    }

    private static int[] Exits(RunFolder run)
    {
        if (!Directory.Exists(run.Dynamics))
            return [];
        return
        [
            .. Directory.GetDirectories(run.Dynamics, "exit-*")
                .Select(folder => int.TryParse(Path.GetFileName(folder)["exit-".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var exit) ? exit : 0)
                .Where(exit => exit > 0)
                .Order(),
        ];
    }
}

using Dimec.Files;
using Dimec.Studies.Results;
using Dimec.Studies.Settings;
using Dimec.Studies.Steps;
using Dimec.Text;

namespace Dimec.Studies;

/// <summary>Many trainings, and everything that is measured of them. Its folder belongs to it until it is disposed.</summary>
public sealed class Study : IDisposable
{
    private readonly IReadOnlyDictionary<string, TaskData> _data;
    private readonly IStudyTrainer _trainer;
    private readonly FolderClaim _claim;

    private Study(
        StudySettings settings, StudyFolder folder, IReadOnlyDictionary<string, TaskData> data, IStudyTrainer trainer, FolderClaim claim)
    {
        (Settings, Folder, _data, _trainer, _claim) = (settings, folder, data, trainer, claim);
        Results = new StudyResults(settings, folder, trainer);
    }

    /// <summary>What was asked for.</summary>
    public StudySettings Settings { get; }

    /// <summary>The study's files.</summary>
    public StudyFolder Folder { get; }

    /// <summary>What is worked out; each result is there once <see cref="Run"/> has made it.</summary>
    public StudyResults Results { get; }

    /// <summary>Reads every task before hours are spent on the first one, takes the folder, and writes <c>study.json</c>.</summary>
    /// <param name="settings">The study.</param>
    /// <param name="trainer">Trains for it.</param>
    /// <param name="command">What asks for it, as it was typed, for the record.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="InputException">Data cannot be read, or the folder holds something else or is in use.</exception>
    public static Study Begin(StudySettings settings, IStudyTrainer trainer, string command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(trainer);
        var folder = new StudyFolder(settings.Out);
        var data = Load(settings, cancellationToken);
        var claim = folder.Claim();
        try
        {
            Leftovers.Remove(folder.Path);
            StudyRecord.Write(folder, settings, trainer.Begin(settings, folder, data, cancellationToken), command);
            return new Study(settings, folder, data, trainer, claim);
        }
        catch
        {
            claim.Dispose();
            throw;
        }
    }

    /// <summary>Makes every step that an earlier call has not made.</summary>
    /// <param name="progress">Told of each step as it begins and ends, in a sentence.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Stops between steps, and inside those that can; the same study goes on from there.</param>
    public void Run(Action<string> progress, TimeProvider time, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(progress);
        ArgumentNullException.ThrowIfNull(time);
        new StudyRunner(progress, time).Run(new StudyPlan(Settings, Folder, Results, _data, _trainer).Steps(), cancellationToken);
    }

    /// <summary>Gives the folder up.</summary>
    public void Dispose() => _claim.Dispose();

    private static Dictionary<string, TaskData> Load(StudySettings settings, CancellationToken cancellationToken)
    {
        var errors = new InputErrors();
        var data = settings.Tasks.Select(task => (task.Name, Data: errors.Try(() => task.Data(settings.Seeds[0]).Load(cancellationToken))))
            .ToArray();
        errors.ThrowIfAny();
        return data.ToDictionary(task => task.Name, task => task.Data!);
    }
}

using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dimec.Display;
using Dimec.Files;
using Dimec.Studies.Settings;

namespace Dimec.Studies;

/// <summary>
/// The file <c>study.json</c>: what was asked for, for who finds the folder later; and the cost structures, for who goes on from its runs.
/// </summary>
internal static class StudyRecord
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(StudyFolder folder, StudySettings settings, StudyTrainings trainings, string command)
    {
        var text = Text(settings, trainings, command);
        // A report of what was asked for before would stand beside this record until the study is done.
        if (File.Exists(folder.Record) && !InputFile.ReadAllBytes(folder.Record).AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(text)))
        {
            AtomicFile.Delete(folder.Report);
            AtomicFile.Delete(folder.Tables);
        }

        AtomicFile.WriteText(folder.Record, text);
        foreach (var structure in settings.Structures)
            AtomicFile.Write(folder.Costs(structure), structure.Write);
    }

    private static string Text(StudySettings settings, StudyTrainings trainings, string command)
    {
        var record = new
        {
            format = 1,
            command,
            tasks = settings.Tasks.ToDictionary(task => task.Name, task => task.Spec),
            seeds = settings.Seeds,
            depths = settings.Structures.Select(structure => structure.Tiers.Select(tier => tier.Depth)),
            exits = settings.Exits,
            backbone = settings.Backbone,
            epochs = settings.Epochs,
            precision = trainings.Precision,
            precisionAsked = trainings.PrecisionAsked,
            bf16Speed = trainings.Bf16Speed,
            maxDrop = settings.Choices.Options.MaxDrop,
            halvings = settings.Halvings,
            sweepSteps = settings.SweepSteps,
            promiseDraws = settings.PromiseDraws,
        };
        return Printable.Json(JsonSerializer.Serialize(record, s_options)) + "\n";
    }
}

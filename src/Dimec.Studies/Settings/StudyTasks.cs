using Dimec.Text;

namespace Dimec.Studies.Settings;

/// <summary>Reads the list of tasks of a study: GLUE's names in one folder, or specifications as <c>train --data</c> takes them.</summary>
public static class StudyTasks
{
    /// <summary>Where GLUE's own scripts look, and where its download script writes.</summary>
    public const string FolderVariable = "GLUE_DIR";

    private const string UsualFolder = "glue_data";

    /// <summary>Reads the list.</summary>
    /// <param name="list">Names or specifications with commas between them.</param>
    /// <param name="folder">The folder that holds GLUE's folders; null for <see cref="FolderVariable"/> or else <c>glue_data</c>.</param>
    /// <param name="reading">How the data are read, but for the seed.</param>
    /// <param name="errors">Gets everything that is wrong.</param>
    public static IReadOnlyList<TaskSpec> Parse(string list, string? folder, ReaderOptions reading, InputErrors errors)
    {
        var tasks = new List<TaskSpec>();
        foreach (var text in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var task = new TaskSpec(NameOf(text), SpecOf(text, folder), reading, IsGlueName(text.Split(':')[0]));
            if (errors.Try(() => task.Data(0)) is null)
                continue;
            if (tasks.Any(other => other.Name.Equals(task.Name, StringComparison.OrdinalIgnoreCase)))
            {
                errors.Add(
                    $"{OptionNames.Of(CallArgument.Tasks)} {text}", $"comes twice, or two tasks are called '{task.Name}'",
                    "name each task once; two files need two names");
            }
            else
            {
                tasks.Add(task);
            }
        }

        if (tasks.Count == 0 && errors.Count == 0)
        {
            errors.Add(
                OptionNames.Of(CallArgument.Tasks), "names no task",
                "write tasks with commas between them, e.g. sst2,cola,mrpc,rte");
        }

        return tasks;
    }

    private static string SpecOf(string text, string? folder) => IsGlueName(text)
        ? $"{text}:{folder ?? Environment.GetEnvironmentVariable(FolderVariable) ?? UsualFolder}"
        : text;

    private static bool IsGlueName(string text) => DataSpec.GlueNames.Contains(text, StringComparer.OrdinalIgnoreCase);

    private static string NameOf(string text)
    {
        var name = text.Split(':')[0];
        return (IsGlueName(name) || !Path.HasExtension(text) ? name : Path.GetFileNameWithoutExtension(text)).ToLowerInvariant();
    }
}

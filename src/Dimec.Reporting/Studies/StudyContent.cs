using Dimec.Reporting.Html;

namespace Dimec.Reporting.Studies;

/// <summary>The words, tables and plots of a study, in their order.</summary>
internal static class StudyContent
{
    public static void Write(IStudyPage page, StudyInputs inputs)
    {
        foreach (var (task, place) in inputs.Tasks.Select((task, place) => (task, place)))
            page.Section(2, $"task-{place + 1}", task.Name, () => page.Prose(task.Description));
        page.Section(2, "made", "How it was made", () => Provenance(page, inputs.Provenance));
    }

    private static void Provenance(IStudyPage page, Provenance made)
    {
        page.Section(3, "commands", "Commands", () => page.Lines(made.Commands));
        foreach (var (heading, table) in ProvenanceSection.Tables(made, plan: null))
            page.Section(3, $"made-{heading.ToLowerInvariant()}", heading, () => page.Table(table));
    }
}

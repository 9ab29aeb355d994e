namespace Dimec.Reporting.Studies;

/// <summary>The words, tables and plots of a study, in their order.</summary>
internal static class StudyContent
{
    public static void Write(IStudyPage page, StudyInputs inputs, IReadOnlyList<StudyVerdict> verdicts)
    {
        page.Section(2, "headline", StudySentences.HeadlineHeading, () => Headline(page, inputs, verdicts));
        foreach (var (task, place) in inputs.Tasks.Select((task, place) => (task, place + 1)))
            page.Section(2, StudyNames.Id(place), task.Name, () => TaskContent.Write(page, task, place));
        if (inputs.MadePromises is { } made)
        {
            page.Section(2, "made-promises", StudySentences.MadePromisesHeading, () =>
            {
                page.Prose(StudySentences.MadePromises);
                PromisesContent.Write(page, [made]);
            });
        }

        page.Section(2, "made", "How it was made", () => Provenance(page, inputs.Provenance));
    }

    private static void Headline(IStudyPage page, StudyInputs inputs, IReadOnlyList<StudyVerdict> verdicts)
    {
        page.Table(HeadlineTable.Of(inputs, verdicts));
        page.Prose(StudySentences.Standings);
        page.Prose(Caution(inputs, verdicts));
        foreach (var (task, place) in inputs.Tasks.Select((task, place) => (task, place + 1)))
        {
            foreach (var verdict in verdicts.Where(verdict => task.Depths.Contains(verdict.Depths)))
            {
                page.Note(
                    task.Depths.Count > 1 ? $"{task.Name}, {StudyNames.Depths(verdict.Depths.Seeds.Costs)}" : task.Name,
                    VerdictWords.Of(verdict));
            }
        }
    }

    /// <summary>What the figures cannot carry.</summary>
    private static string Caution(StudyInputs inputs, IReadOnlyList<StudyVerdict> verdicts)
    {
        var seeds = inputs.Tasks.Max(task => task.Seeds.Count);
        var layers = inputs.Tasks[0].Depths[0].Seeds.Costs.Tiers[^1].Depth;
        var few = seeds == 1 ? StudySentences.OneSeed : StudySentences.FormatFewSeeds(seeds: seeds);
        var many = verdicts.Count > 1 ? " " + StudySentences.FormatManyCases(cases: verdicts.Count) : "";
        var paper = layers == StudyClaim.PaperLayers
            ? ""
            : " " + StudySentences.FormatOtherEncoder(paper: StudyClaim.PaperLayers, layers: layers);
        return few + many + paper;
    }

    private static void Provenance(IStudyPage page, Provenance made)
    {
        page.Section(3, "commands", "Commands", () => page.Lines(made.Commands));
        foreach (var (heading, table) in Html.ProvenanceSection.Tables(made, plan: null))
            page.Section(3, $"made-{heading.ToLowerInvariant()}", heading, () => page.Table(table));
    }
}

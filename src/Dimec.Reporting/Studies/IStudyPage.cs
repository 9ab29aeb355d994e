using Dimec.Costs;
using Dimec.Reporting.Html;

namespace Dimec.Reporting.Studies;

/// <summary>What a study's report is written on: its words and tables are put together once, for HTML and for Markdown.</summary>
internal interface IStudyPage
{
    /// <summary>A heading, of level 2 … 4, and what stands below it.</summary>
    void Section(int level, string id, string heading, Action content);

    /// <summary>A paragraph of our own words.</summary>
    void Prose(string text);

    /// <summary>What a reader should be wary of.</summary>
    void Note(string introduction, IReadOnlyList<string> items);

    /// <summary>A table.</summary>
    void Table(ReportTable table);

    /// <summary>Which colour is which tier in the tables that follow.</summary>
    void TierKey(CostStructure costs, bool exitZero);

    /// <summary>A plot with its data.</summary>
    void Figure(ReportFigure figure);

    /// <summary>Lines to be copied as they are.</summary>
    void Lines(IReadOnlyList<string> lines);
}

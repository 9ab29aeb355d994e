namespace Dimec.Reporting.Html;

/// <summary>Sentences that a reader has to know, as a list under one that says what they are.</summary>
internal static class NoteList
{
    /// <summary>Writes it; nothing where there is none.</summary>
    public static void Write(HtmlWriter html, string introduction, IReadOnlyList<string> sentences)
    {
        if (sentences.Count == 0)
            return;
        html.Open("div", ("class", "note"));
        html.Prose("p", introduction).Open("ul");
        foreach (var sentence in sentences)
            html.Element("li", sentence);
        html.Close().Close();
    }
}

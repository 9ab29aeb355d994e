namespace Dimec.Reporting.Html;

/// <summary>What a table is for, which decides how it looks; the names are classes of the style sheet.</summary>
internal enum TableKind
{
    /// <summary>Figures to compare: a click on a heading sorts.</summary>
    Sortable,

    /// <summary>Figures in an order of their own.</summary>
    Plain,

    /// <summary>Names with a value each, below a heading that says all that a caption could.</summary>
    Pairs,
}

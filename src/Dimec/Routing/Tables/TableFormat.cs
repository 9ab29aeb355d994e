namespace Dimec.Routing.Tables;

/// <summary>How a table's cells are written.</summary>
internal enum TableFormat
{
    /// <summary>Commas between cells, quotes around those that hold commas, quotes or line breaks (RFC 4180).</summary>
    Csv,

    /// <summary>Tabs between cells; quotes are plain text.</summary>
    Tsv,

    /// <summary>A JSON object a line.</summary>
    Jsonl,
}

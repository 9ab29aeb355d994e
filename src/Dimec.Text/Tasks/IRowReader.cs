namespace Dimec.Text.Tasks;

/// <summary>Reads the rows of one file format.</summary>
internal interface IRowReader
{
    /// <summary>Reads a file; what is wrong with it goes to <paramref name="errors"/>, each row with its line.</summary>
    RowFile Read(SourceFile file, InputErrors errors, CancellationToken cancellation);
}

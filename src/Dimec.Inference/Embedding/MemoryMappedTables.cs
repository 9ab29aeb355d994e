using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Dimec.Bundles;

namespace Dimec.Inference;

/// <summary>The embedding layer's tables, mapped into memory from a model file. Pages are read when a row of theirs is.</summary>
internal sealed unsafe class MemoryMappedTables : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private bool _disposed;

    private MemoryMappedTables(MemoryMappedFile file, EmbeddingTables places)
    {
        _file = file;
        Places = places;
        _view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* view = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref view);
        _start = view + _view.PointerOffset;
    }

    public EmbeddingTables Places { get; }

    public int Hidden => Places.Hidden;

    public static MemoryMappedTables Open(string path, EmbeddingTables places)
    {
        Check(path, new FileInfo(path).Length, places);
        return new MemoryMappedTables(MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read), places);
    }

    /// <summary>
    /// Copies one row. A table starts wherever the file has it, not at a multiple of 4; a copy of bytes is right on every processor, and
    /// costs a few dozen nanoseconds. The caller has checked the row.
    /// </summary>
    public void Read(TableSlice table, int row, Span<float> values)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var bytes = Hidden * sizeof(float);
        new ReadOnlySpan<byte>(_start + table.Offset + ((long)row * bytes), bytes).CopyTo(MemoryMarshal.AsBytes(values));
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private static void Check(string path, long size, EmbeddingTables places)
    {
        var errors = new InputErrors();
        if (!(places.NormEpsilon > 0))
        {
            errors.Add(
                "bundle.json embeddings.normEpsilon", FormattableString.Invariant($"is {places.NormEpsilon}"), "export the bundle again");
        }

        Check("word", places.Word, 1, int.MaxValue);
        Check("position", places.Position, 1, int.MaxValue);
        if (places.TokenType is { } tokenTypes)
            Check("tokenType", tokenTypes, 1, int.MaxValue);
        Check("normWeight", places.NormWeight, 1, 1);
        Check("normBias", places.NormBias, 1, 1);
        errors.ThrowIfAny();

        void Check(string key, TableSlice table, int fewest, int most)
        {
            var fits = table.Columns == places.Hidden && table.Columns > 0 && table.Rows >= fewest && table.Rows <= most
                && table.Offset >= 0 && table.Offset <= size - ((long)table.Rows * table.Columns * sizeof(float));
            if (!fits)
            {
                errors.Add($"bundle.json embeddings.{key}",
                    $"is {table.Rows} × {table.Columns} numbers at byte {table.Offset}, "
                    + $"which {Path.GetFileName(path)} with {size} bytes and rows of {places.Hidden} cannot hold",
                    "export the bundle again");
            }
        }
    }
}

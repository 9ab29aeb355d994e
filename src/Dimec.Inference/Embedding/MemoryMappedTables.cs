using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Dimec.Bundles;
using Dimec.Predictions;

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
    /// Copies one row, as the model computes with it: whatever its numbers are, in fp32. A table starts wherever the file has it, not at a
    /// multiple of 4; a copy of bytes is right on every processor, and costs a few dozen nanoseconds. The caller has checked the row.
    /// </summary>
    public void Read(TableSlice table, int row, Span<float> values)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var bytes = new ReadOnlySpan<byte>(_start + table.Offset + (row * table.RowBytes), (int)table.RowBytes);
        switch (table.Numbers)
        {
            case ModelPrecision.Fp32:
                bytes.CopyTo(MemoryMarshal.AsBytes(values));
                break;
            case ModelPrecision.Fp16:
                for (var i = 0; i < values.Length; i++)
                    values[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(i * sizeof(ushort))..]);
                break;
            default:
                var scale = ScaleOf(table, row);
                for (var i = 0; i < values.Length; i++)
                    values[i] = (sbyte)bytes[i] * scale;
                break;
        }
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

    private float ScaleOf(TableSlice table, int row) => BinaryPrimitives.ReadSingleLittleEndian(
        new ReadOnlySpan<byte>(_start + table.Scales!.Value + ((long)row * sizeof(float)), sizeof(float)));

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
                && Lies(table.Offset, table.Rows * table.RowBytes)
                && (table.Scales is not { } scales || Lies(scales, (long)table.Rows * sizeof(float)));
            if (!fits)
            {
                var scaled = table.Scales is { } at ? $" with scales at byte {at}" : "";
                errors.Add($"bundle.json embeddings.{key}",
                    $"is {table.Rows} × {table.Columns} {ChoiceNames.Of(table.Numbers)} numbers at byte {table.Offset}{scaled}, "
                    + $"which {Path.GetFileName(path)} with {size} bytes and rows of {places.Hidden} cannot hold",
                    "export the bundle again");
            }
        }

        bool Lies(long offset, long bytes) => offset >= 0 && bytes >= 0 && offset <= size - bytes;
    }
}

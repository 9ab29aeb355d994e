using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Dimec.Files;

namespace Dimec.Checkpoints.Safetensors;

/// <summary>A safetensors file open for reading; its header is checked when it is opened, tensors are read when asked for.</summary>
public sealed class SafetensorsFile : IDisposable
{
    private readonly FileStream _stream;
    private readonly SafetensorsHeader _header;
    private readonly string _path;

    private SafetensorsFile(FileStream stream, SafetensorsHeader header, string path)
    {
        _stream = stream;
        _header = header;
        _path = path;
    }

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, SafetensorsEntry> Entries => _header.Entries;

    /// <summary>The texts under <c>__metadata__</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <summary>Opens a file and checks its header against its size.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The open file.</returns>
    /// <exception cref="InputException">
    /// The file is absent, no regular file or truncated, its header is no JSON or states an impossible length, or a tensor's offsets
    /// overlap another's, leave the file or do not fit its shape and its type, where that is known here.
    /// </exception>
    public static SafetensorsFile Open(string path)
    {
        // No buffer of its own: tensors are read in large pieces straight into their arrays.
        var stream = InputFile.OpenRead(path, bufferSize: 0);
        try
        {
            return new SafetensorsFile(stream, SafetensorsHeader.Read(stream, path), path);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads a tensor of type F32, F16 or BF16 as fp32.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The tensor.</returns>
    /// <exception cref="InputException">It is absent or of another type.</exception>
    public WeightTensor Read(string name)
    {
        var entry = Find(name);
        var values = new float[Count(entry)];
        ReadInto(entry, values);
        return new WeightTensor(name, [.. entry.Shape], values);
    }

    /// <summary>Reads a tensor of type F32, F16 or BF16 as fp32 into memory of the caller's.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="destination">Gets the values, row-major; exactly as long as the tensor.</param>
    /// <exception cref="InputException">It is absent, of another type or of another size.</exception>
    public void ReadInto(string name, Span<float> destination)
    {
        var entry = Find(name);
        if (Count(entry) != destination.Length)
        {
            throw new InputException(
                $"{_path} tensor {name}", $"holds {Count(entry)} values where {destination.Length} are expected",
                "use the file that belongs here");
        }

        ReadInto(entry, destination);
    }

    /// <summary>Reads a tensor of type I64.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its values, row-major.</returns>
    /// <exception cref="InputException">It is absent or of another type.</exception>
    public long[] ReadIntegers(string name)
    {
        var entry = Find(name);
        if (entry.Type != "I64")
            throw WrongType(entry, "I64");
        var values = new long[Count(entry)];
        ReadBytes(entry, MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _stream.Dispose();

    private SafetensorsEntry Find(string name) => Entries.TryGetValue(name, out var entry)
        ? entry
        : throw new InputException(
            $"{_path} tensor {name}", "is missing", $"use a file that holds it (this one holds {Entries.Count} others)");

    private void ReadInto(SafetensorsEntry entry, Span<float> destination)
    {
        switch (entry.Type)
        {
            case "F32":
                ReadBytes(entry, MemoryMarshal.AsBytes(destination));
                break;
            case "F16":
                var halves = new Half[destination.Length];
                ReadBytes(entry, MemoryMarshal.AsBytes(halves.AsSpan()));
                TensorPrimitives.ConvertToSingle(halves, destination);
                break;
            case "BF16":
                var upper = new ushort[destination.Length];
                ReadBytes(entry, MemoryMarshal.AsBytes(upper.AsSpan()));
                // bf16 is the upper half of an fp32.
                for (var i = 0; i < upper.Length; i++)
                    destination[i] = BitConverter.UInt32BitsToSingle((uint)upper[i] << 16);
                break;
            default:
                throw WrongType(entry, "F32, F16 or BF16");
        }
    }

    private void ReadBytes(SafetensorsEntry entry, Span<byte> destination)
    {
        _stream.Position = _header.DataStart + entry.Begin;
        _stream.ReadExactly(destination);
    }

    private int Count(SafetensorsEntry entry)
    {
        var count = entry.Shape.Aggregate(1L, (product, dimension) => product * dimension);
        return count <= Array.MaxLength
            ? (int)count
            : throw new InputException(
                $"{_path} tensor {entry.Name}", $"has {count} values, more than fit in memory at once", "use a smaller model");
    }

    private InputException WrongType(SafetensorsEntry entry, string expected) =>
        new($"{_path} tensor {entry.Name}", $"has type {entry.Type} where {expected} is expected", "save it in that type");
}

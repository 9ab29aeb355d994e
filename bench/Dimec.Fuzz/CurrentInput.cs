using System.IO.MemoryMappedFiles;

namespace Dimec.Fuzz;

/// <summary>The number of the input that is being read, in a file that is there after the process has been ended by it.</summary>
internal sealed class CurrentInput : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private long _index = -1;

    /// <param name="path">The file: the number, eight bytes, little-endian.</param>
    public CurrentInput(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Create, null, sizeof(long));
        _view = _file.CreateViewAccessor();
    }

    /// <summary>The number.</summary>
    public long Index => Volatile.Read(ref _index);

    /// <summary>The next input begins.</summary>
    public void Set(string target, long index)
    {
        Volatile.Write(ref _index, index);
        _view.Write(0, index);
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}

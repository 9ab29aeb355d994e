namespace Dimec.Onnx.Writing;

/// <summary>Writes values of initializers to a file of their own, for any number of models beside it.</summary>
/// <param name="file">The file's name, as the models are to call it.</param>
/// <param name="output">Where the values go; it stays open.</param>
public sealed class ExternalWriter(string file, Stream output)
{
    /// <summary>Values begin where a processor's widest load does.</summary>
    private const int Alignment = 64;

    private long _length;

    /// <summary>Writes values at the file's end.</summary>
    /// <param name="values">The values, row-major, little-endian.</param>
    /// <returns>Where they lie.</returns>
    public ExternalValues Write(ReadOnlySpan<byte> values)
    {
        var gap = (int)((Alignment - (_length % Alignment)) % Alignment);
        output.Write(new byte[gap]);
        _length += gap;
        output.Write(values);
        var place = new ExternalValues(file, _length, values.Length);
        _length += values.Length;
        return place;
    }
}

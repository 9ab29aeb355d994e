using System.Text;

namespace Dimec.Fuzzing;

/// <summary>Several named parts as one input, and back: a folder's files, a request's headers and body.</summary>
internal static class FileSet
{
    /// <summary>The parts as one input.</summary>
    public static byte[] Pack(IEnumerable<KeyValuePair<string, byte[]>> parts)
    {
        using var packed = new MemoryStream();
        using var writer = new BinaryWriter(packed, Encoding.UTF8);
        foreach (var (name, content) in parts)
        {
            writer.Write(name);
            writer.Write(content.Length);
            writer.Write(content);
        }

        return packed.ToArray();
    }

    /// <summary>The parts of an input.</summary>
    public static Dictionary<string, byte[]> Unpack(byte[] input)
    {
        var parts = new Dictionary<string, byte[]>();
        using var reader = new BinaryReader(new MemoryStream(input), Encoding.UTF8);
        while (reader.BaseStream.Position < input.Length)
            parts[reader.ReadString()] = reader.ReadBytes(reader.ReadInt32());
        return parts;
    }
}

using System.Buffers.Binary;

namespace Dimec.Checkpoints.Tests.Made;

/// <summary>Makes safetensors files by hand, right or wrong.</summary>
internal static class SafetensorsBytes
{
    public static byte[] Make(string header, int dataBytes, long? length = null)
    {
        var json = System.Text.Encoding.UTF8.GetBytes(header);
        var file = new byte[8 + json.Length + dataBytes];
        BinaryPrimitives.WriteInt64LittleEndian(file, length ?? json.Length);
        json.CopyTo(file.AsSpan(8));
        return file;
    }
}

using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Dimec.Fuzzing.Mutation;

/// <summary>A protobuf message as fields on the wire, which need not be a message of anything.</summary>
internal sealed class WireMessage
{
    private const int Most = 32 << 20;

    /// <summary>The fields, in their order.</summary>
    public List<WireField> Fields { get; } = [];

    /// <summary>A message as it should be.</summary>
    public static WireMessage Parse(byte[] bytes, MessageDescriptor? descriptor)
    {
        var message = new WireMessage();
        var input = new CodedInputStream(bytes);
        uint tag;
        while ((tag = input.ReadTag()) != 0)
        {
            var field = new WireField(WireFormat.GetTagFieldNumber(tag), (int)WireFormat.GetTagWireType(tag));
            switch (field.Type)
            {
                case 0: field.Number = input.ReadUInt64(); break;
                case 1: field.Number = input.ReadFixed64(); break;
                case 5: field.Number = input.ReadFixed32(); break;
                default:
                    field.Bytes = input.ReadBytes().ToByteArray();
                    if (descriptor?.FindFieldByNumber(field.Field) is { FieldType: FieldType.Message } inner)
                        (field.Inner, field.Bytes) = (Parse(field.Bytes, inner.MessageType), []);
                    break;
            }

            message.Fields.Add(field);
        }

        return message;
    }

    /// <summary>A copy that shares nothing but bytes.</summary>
    public WireMessage Copy()
    {
        var copy = new WireMessage();
        copy.Fields.AddRange(Fields.Select(field => field.Copy()));
        return copy;
    }

    /// <summary>All messages, this one and those in it.</summary>
    public void Collect(List<WireMessage> into)
    {
        into.Add(this);
        foreach (var field in Fields)
            field.Inner?.Collect(into);
    }

    /// <summary>The bytes.</summary>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        Write(stream);
        return stream.ToArray();
    }

    /// <summary>Writes the bytes.</summary>
    public void Write(MemoryStream stream)
    {
        foreach (var field in Fields)
        {
            // Far beyond what a tier takes, and still a message that fits into memory.
            if (stream.Length > Most)
                return;
            Varint(stream, ((ulong)(uint)field.Field << 3) | (uint)field.Type);
            switch (field.Type)
            {
                case 0: Varint(stream, field.Number); break;
                case 1: stream.Write(BitConverter.GetBytes(field.Number)); break;
                case 5: stream.Write(BitConverter.GetBytes((uint)field.Number)); break;
                case 2:
                    var bytes = field.Inner?.ToBytes() ?? field.Bytes;
                    Varint(stream, (ulong)(bytes.Length + field.Lie));
                    stream.Write(bytes);
                    break;
                default: break;
            }
        }
    }

    /// <summary>Writes a number as protobuf does.</summary>
    public static void Varint(Stream stream, ulong number)
    {
        for (; number >= 0x80; number >>= 7)
            stream.WriteByte((byte)(number | 0x80));
        stream.WriteByte((byte)number);
    }
}

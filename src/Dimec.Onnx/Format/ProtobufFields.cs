using System.Text;

namespace Dimec.Onnx.Format;

/// <summary>Walks the fields of protobuf messages in a file without reading their content (Protocol Buffers' wire format).</summary>
internal sealed class ProtobufFields(Stream file)
{
    /// <summary>The fields of the message that lies in [start, end).</summary>
    public IEnumerable<ProtobufField> Within(long start, long end)
    {
        for (var position = start; position < end;)
        {
            file.Position = position;
            var tag = Varint();
            var field = Content((int)(tag >> 3), (int)(tag & 7));
            position = field.End;
            yield return field;
        }
    }

    /// <summary>A field's content as text.</summary>
    public string Text(ProtobufField field)
    {
        var bytes = new byte[field.End - field.Start];
        file.Position = field.Start;
        file.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    private ProtobufField Content(int number, int wireType)
    {
        var start = file.Position;
        switch (wireType)
        {
            case 0:
                Varint();
                return new ProtobufField(number, start, file.Position);
            case 1:
                return new ProtobufField(number, start, start + sizeof(long));
            case 2:
                var length = (long)Varint();
                return new ProtobufField(number, file.Position, file.Position + length);
            case 5:
                return new ProtobufField(number, start, start + sizeof(int));
            default:
                throw new InvalidDataException($"Wire type {wireType} at byte {start} is none that ONNX files have.");
        }
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = file.ReadByte();
            if (part < 0)
                throw new EndOfStreamException($"The file ends inside a number at byte {file.Position}.");
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
                return value;
        }

        throw new InvalidDataException($"The number before byte {file.Position} has no end.");
    }
}

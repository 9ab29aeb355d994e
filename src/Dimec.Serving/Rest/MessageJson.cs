using System.Collections;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Dimec.Serving.Rest;

/// <summary>
/// Writes messages of Triton's extensions as Triton does over REST: every field under its name in the .proto, also one that says nothing,
/// and integers as numbers, where protobuf's own JSON would leave it out and write strings.
/// </summary>
internal static class MessageJson
{
    /// <summary>Writes a message as an object.</summary>
    public static void Write(Utf8JsonWriter writer, IMessage message)
    {
        writer.WriteStartObject();
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            if (field.HasPresence && !field.Accessor.HasValue(message))
                continue;
            writer.WritePropertyName(field.Name);
            var value = field.Accessor.GetValue(message);
            if (field.IsRepeated)
                WriteAll(writer, field, (IList)value);
            else
                WriteValue(writer, field, value);
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes messages as an array.</summary>
    public static void Write(Utf8JsonWriter writer, IEnumerable<IMessage> messages)
    {
        writer.WriteStartArray();
        foreach (var message in messages)
            Write(writer, message);
        writer.WriteEndArray();
    }

    private static void WriteAll(Utf8JsonWriter writer, FieldDescriptor field, IList values)
    {
        writer.WriteStartArray();
        foreach (var value in values)
            WriteValue(writer, field, value);
        writer.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter writer, FieldDescriptor field, object value)
    {
        switch (value)
        {
            case IMessage message: Write(writer, message); break;
            case string text: writer.WriteStringValue(text); break;
            case bool truth: writer.WriteBooleanValue(truth); break;
            case int whole: writer.WriteNumberValue(whole); break;
            case long whole: writer.WriteNumberValue(whole); break;
            case ulong whole: writer.WriteNumberValue(whole); break;
            case Enum: writer.WriteStringValue(field.EnumType.FindValueByNumber(Convert.ToInt32(value, null)).Name); break;
            default: throw new NotSupportedException($"{field.FullName} is of a kind that no extension has");
        }
    }
}

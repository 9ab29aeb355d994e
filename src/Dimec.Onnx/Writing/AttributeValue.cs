using Dimec.Onnx.Format;

namespace Dimec.Onnx.Writing;

/// <summary>A setting of a node: an integer, or a list of them.</summary>
public sealed class AttributeValue
{
    private AttributeValue(AttributeProto proto) => Proto = proto;

    internal AttributeProto Proto { get; }

    /// <summary>An integer attribute.</summary>
    /// <param name="name">Its name as the operator has it.</param>
    /// <param name="value">Its value.</param>
    /// <returns>The attribute.</returns>
    public static AttributeValue Attribute(string name, long value) =>
        new(new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value });

    /// <summary>An attribute that is a list of integers.</summary>
    /// <param name="name">Its name as the operator has it.</param>
    /// <param name="values">Its values.</param>
    /// <returns>The attribute.</returns>
    public static AttributeValue Attribute(string name, long[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        attribute.Ints.AddRange(values);
        return new(attribute);
    }
}

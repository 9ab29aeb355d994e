namespace Dimec.Fuzzing.Mutation;

/// <summary>A field on the wire.</summary>
/// <param name="field">Its number.</param>
/// <param name="type">Its wire type.</param>
internal sealed class WireField(int field, int type)
{
    public int Field { get; set; } = field;

    public int Type { get; set; } = type;

    /// <summary>Its value, where it is a number.</summary>
    public ulong Number { get; set; }

    /// <summary>Its bytes, where it has some.</summary>
    public byte[] Bytes { get; set; } = [];

    /// <summary>The message that it is.</summary>
    public WireMessage? Inner { get; set; }

    /// <summary>By how much its length is not what is said.</summary>
    public long Lie { get; set; }

    public WireField Copy() => new(Field, Type) { Number = Number, Bytes = Bytes, Inner = Inner?.Copy(), Lie = Lie };
}

namespace Dimec.Cartography;

/// <summary>A sample's name as the interchange format has it: a text or a number, kept as it was written.</summary>
/// <param name="Text">The text, or the number's digits.</param>
/// <param name="IsNumber">True where it is written without quotes.</param>
public readonly record struct SampleGuid(string Text, bool IsNumber = false)
{
    /// <inheritdoc/>
    public override string ToString() => Text;
}

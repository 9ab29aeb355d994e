namespace Dimec.Fuzzing.Files;

/// <summary>A reader of one document.</summary>
/// <param name="name">What the target is called.</param>
/// <param name="what">What is read.</param>
/// <param name="make">Makes an input.</param>
/// <param name="read">Reads it; throws an <see cref="InputException"/> where it is refused.</param>
/// <param name="isWellFormed">Whether an input that was refused is well-formed, so that it was refused by the reader's own rules.</param>
/// <param name="share">Its share of a campaign.</param>
/// <param name="multiple">How many bytes it may allocate for one of input.</param>
internal sealed class ReaderTarget(
    string name, string what, Func<Random, byte[]> make, Action<byte[]> read, Func<byte[], bool> isWellFormed, double share = 1,
    int multiple = 256) : FuzzTarget
{
    public override string Name => name;

    public override string What => what;

    public override double Share => share;

    protected override int Multiple => multiple;

    public override byte[] Make(Random random) => make(random);

    public override Verdict Run(byte[] input)
    {
        try
        {
            read(input);
            return Verdict.Accepted;
        }
        catch (InputException wrong)
        {
            Sentences.Check(wrong);
            return isWellFormed(input) ? Verdict.Refused : Verdict.Malformed;
        }
    }
}

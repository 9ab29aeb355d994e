namespace Dimec.Fuzzing;

/// <summary>A parser, or several that read one thing: what makes hostile input for it, and what holds it to what it promises.</summary>
public abstract class FuzzTarget : IDisposable
{
    /// <summary>What any input may make a parser allocate, however small it is.</summary>
    private const long Floor = 8 << 20;

    /// <summary>What it is called on the command line, and in the name of a failure's file.</summary>
    public abstract string Name { get; }

    /// <summary>What it reads.</summary>
    public abstract string What { get; }

    /// <summary>Which share of a campaign's inputs it gets, beside the others'.</summary>
    public virtual double Share => 1;

    /// <summary>Whether what it allocates is on other threads as well.</summary>
    public virtual bool IsOnManyThreads => false;

    /// <summary>How many bytes it may allocate for one byte of input; documents of numbers of one digit take most.</summary>
    protected virtual int Multiple => 256;

    /// <summary>Makes an input.</summary>
    /// <param name="random">Decides all that is by chance: the same gives the same input.</param>
    public abstract byte[] Make(Random random);

    /// <summary>Reads an input.</summary>
    /// <param name="input">The input.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="BrokenPromiseException">The parser does not keep a promise; any other exception is another's that got
    /// out.</exception>
    public abstract Verdict Run(byte[] input);

    /// <summary>The most bytes that an input may make it allocate, in all.</summary>
    /// <param name="input">The input.</param>
    public long Bound(byte[] input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Floor + ((long)Multiple * Weight(input));
    }

    /// <summary>Closes what it holds.</summary>
    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    /// <summary>How many bytes count as the input's: what it unpacks to, up to the limit, where it is packed.</summary>
    protected virtual long Weight(byte[] input) => input.Length;

    /// <summary>Closes what it holds.</summary>
    protected virtual void Close()
    {
    }
}

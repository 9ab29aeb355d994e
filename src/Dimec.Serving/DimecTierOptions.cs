namespace Dimec.Serving;

/// <summary>What a served tier is made of and how much it takes on. Checked once, when the tier starts.</summary>
/// <remarks>A tier speaks to nobody but who asks it: ONNX Runtime's own telemetry is off, see <see cref="Inference.TierModel"/>.</remarks>
public sealed class DimecTierOptions
{
    /// <summary>The bundle's folder, as <c>dimec export</c> wrote it. Required.</summary>
    public string Bundle { get; set; } = "";

    /// <summary>The tier of the bundle to serve, e.g. <c>edge</c>. Required.</summary>
    public string Tier { get; set; } = "";

    /// <summary>The most rows that one request may have; 1 to 4,096, by default 128.</summary>
    public int MaxBatch { get; set; } = 128;

    /// <summary>
    /// The most tokens (rows × padded length) of one run, which bounds its memory; 16 to 1,048,576, by default 32,768. A request of tokens
    /// with more is refused, one of texts is cut into several runs.
    /// </summary>
    public int MaxTokens { get; set; } = 32_768;

    /// <summary>The largest request body in bytes, after decompression; 1,024 to 1 GiB, by default 16 MiB.</summary>
    public int MaxBodyBytes { get; set; } = 16 << 20;

    /// <summary>
    /// The most bytes of request bodies, after decompression, that are held at once, waiting and running together; a request beyond them is
    /// refused as "full". <see cref="MaxBodyBytes"/> to 64 GiB, by default 128 MiB. What is made of a body can take a few times as much memory.
    /// </summary>
    public long MaxHeldBytes { get; set; } = 128 << 20;

    /// <summary>How many requests may wait while others run; one more is refused as "full". 1 to 65,536, by default 256.</summary>
    public int MaxWaiting { get; set; } = 256;

    /// <summary>How many requests run at once, each on a thread of its own; 1 to 64, by default 1: ONNX Runtime then has all cores for it.</summary>
    public int Workers { get; set; } = 1;

    /// <summary>The threads of a single run; 1 to 1,024, by default one a core that the process may use.</summary>
    public int Threads { get; set; } = Environment.ProcessorCount;

    internal void CopyTo(DimecTierOptions other)
        => (other.Bundle, other.Tier, other.MaxBatch, other.MaxTokens, other.MaxBodyBytes, other.MaxHeldBytes, other.MaxWaiting, other.Workers, other.Threads)
            = (Bundle, Tier, MaxBatch, MaxTokens, MaxBodyBytes, MaxHeldBytes, MaxWaiting, Workers, Threads);

    internal void Validate()
    {
        var errors = new InputErrors();
        Check(errors);
        errors.ThrowIfAny();
    }

    internal void Check(InputErrors errors)
    {
        if (string.IsNullOrWhiteSpace(Bundle))
            errors.Add(nameof(Bundle), "is empty", "name the folder that dimec export wrote");
        if (string.IsNullOrWhiteSpace(Tier))
            errors.Add(nameof(Tier), "is empty", "name one of the bundle's tiers");
        Range(errors, nameof(MaxBatch), MaxBatch, 1, 4096);
        Range(errors, nameof(MaxTokens), MaxTokens, 16, 1 << 20);
        Range(errors, nameof(MaxBodyBytes), MaxBodyBytes, 1024, 1 << 30);
        Range(errors, nameof(MaxHeldBytes), MaxHeldBytes, MaxBodyBytes, 64L << 30);
        Range(errors, nameof(MaxWaiting), MaxWaiting, 1, 1 << 16);
        Range(errors, nameof(Workers), Workers, 1, 64);
        Range(errors, nameof(Threads), Threads, 1, 1024);
    }

    private static void Range(InputErrors errors, string key, long value, long least, long most)
    {
        if (value < least || value > most)
            errors.Add(key, $"is {value}", $"give {least} to {most}");
    }
}

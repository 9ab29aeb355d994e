using System.Diagnostics;

namespace Dimec.Fuzzing;

/// <summary>Hands a target's inputs to its parser and watches what it does with them.</summary>
/// <param name="seed">With an input's number it gives the input.</param>
/// <param name="begins">Called before each input, with the target's name and the input's number; for who wants to know what a process
/// that ended was at.</param>
public sealed class FuzzRunner(int seed, Action<string, long>? begins = null)
{
    /// <summary>How long an input may take, on a machine that does much else.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>Reads inputs.</summary>
    /// <param name="target">Their target.</param>
    /// <param name="count">How many.</param>
    /// <param name="report">Gets what they came to.</param>
    /// <param name="first">The number of the first.</param>
    public void Run(FuzzTarget target, long count, FuzzReport report, long first = 0)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(report);
        for (var index = first; index < first + count; index++)
        {
            begins?.Invoke(target.Name, index);
            var input = Input(target, index);
            if (Failure(target, input, report) is { } reason)
                report.Add(new FuzzFailure(target.Name, index, input, reason));
        }
    }

    /// <summary>An input by its number.</summary>
    /// <param name="target">Its target.</param>
    /// <param name="index">The number.</param>
    public byte[] Input(FuzzTarget target, long index)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target.Make(new Random(Mix(seed, index)));
    }

    /// <summary>Reads one input.</summary>
    /// <param name="target">Its target.</param>
    /// <param name="input">The input.</param>
    /// <param name="report">Gets what it came to, where that is no failure.</param>
    /// <returns>Why it is a failure; null: it is none.</returns>
    public static string? Failure(FuzzTarget target, byte[] input, FuzzReport report)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(report);
        var (verdict, took, allocated, reason) = Once(target, input);
        // What else the machine does may hold up one of them, and the first call compiles; a parser that is slow is so again.
        if (reason is null && (took > Limit || allocated > target.Bound(input)))
            (verdict, took, allocated, reason) = Once(target, input);
        if (reason is null && took > Limit)
            reason = $"took {took.TotalSeconds:F1} s";
        if (reason is null && allocated > target.Bound(input))
            reason = $"allocated {allocated} bytes for {input.Length}, where {target.Bound(input)} are the most";
        if (reason is null)
            report.Add(verdict, took, allocated);
        return reason;
    }

    private static (Verdict Verdict, TimeSpan Took, long Allocated, string? Reason) Once(FuzzTarget target, byte[] input)
    {
        var (verdict, reason) = (Verdict.Malformed, (string?)null);
        var before = Allocated(target);
        var watch = Stopwatch.StartNew();
        var used = Environment.CpuUsage.TotalTime;
        try
        {
            verdict = target.Run(input);
        }
        catch (BrokenPromiseException broken)
        {
            reason = broken.Message;
        }
#pragma warning disable CA1031 // Whatever else gets out of a parser is what is looked for.
        catch (Exception escaped)
#pragma warning restore CA1031
        {
            reason = escaped.ToString();
        }

        // On a machine that does much else the processor's time is what an input takes; what waits for ever is found by the watchdog.
        var (elapsed, computed) = (watch.Elapsed, Environment.CpuUsage.TotalTime - used);
        return (verdict, elapsed < computed ? elapsed : computed, Allocated(target) - before, reason);
    }

    private static long Allocated(FuzzTarget target) =>
        target.IsOnManyThreads ? GC.GetTotalAllocatedBytes() : GC.GetAllocatedBytesForCurrentThread();

    private static int Mix(int seed, long index)
    {
        var mixed = unchecked(((ulong)seed << 40) ^ ((ulong)index * 0x9E3779B97F4A7C15));
        mixed = unchecked((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9);
        mixed ^= mixed >> 31;
        return (int)mixed;
    }
}

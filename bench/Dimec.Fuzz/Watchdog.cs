namespace Dimec.Fuzz;

/// <summary>Ends the process where an input does not come to an end, and says which.</summary>
internal sealed class Watchdog : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(120);

    private readonly Timer _timer;
    private long _seen = -1;

    public Watchdog(string target, CurrentInput current) => _timer = new Timer(_ =>
    {
        var index = current.Index;
        if (Interlocked.Exchange(ref _seen, index) != index)
            return;
        Console.Error.WriteLine($"{target}: input {index} has not come to an end in {s_limit.TotalSeconds} s");
        Environment.Exit(1);
    }, null, s_limit, s_limit);

    public void Dispose() => _timer.Dispose();
}

namespace Dimec.OpenInference.Client;

/// <summary>What calls to a server go over, which may be given up while some are still under way: the last of them closes it.</summary>
/// <typeparam name="T">What makes the calls.</typeparam>
/// <param name="client">What makes the calls.</param>
/// <param name="owned">What closes the connection when it is disposed.</param>
internal sealed class Connection<T>(T client, IDisposable owned) : IDisposable
{
    private readonly Lock _lock = new();
    private int _calls;
    private bool _givenUp;

    public T Client => client;

    /// <summary>Begins a call, unless the connection is given up.</summary>
    public bool TryEnter()
    {
        lock (_lock)
        {
            if (_givenUp)
                return false;
            _calls++;
            return true;
        }
    }

    /// <summary>Ends a call.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            if (--_calls > 0 || !_givenUp)
                return;
        }

        owned.Dispose();
    }

    /// <summary>Takes no more calls; closes when the last one has ended.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_givenUp)
                return;
            _givenUp = true;
            if (_calls > 0)
                return;
        }

        owned.Dispose();
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Dimec.Testing.Links;

/// <summary>A port on the loopback interface that leads to a server, over a link that has faults when the test says so.</summary>
public sealed class FaultyLink : IAsyncDisposable
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(5);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private readonly Task _accepting;
    private volatile LinkFault _fault;
    private volatile Uri _target;
    private int _connections;

    /// <param name="target">The server.</param>
    public FaultyLink(Uri target)
    {
        _target = target;
        _listener.Start();
        Address = new Uri($"{target.Scheme}://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    /// <summary>The address that a client is given.</summary>
    public Uri Address { get; }

    /// <summary>How many connections have been made.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>What it does from now on.</summary>
    public LinkFault Fault
    {
        get => _fault;
        set
        {
            _fault = value;
            if (value == LinkFault.Refuse)
                BreakOff();
        }
    }

    /// <summary>How long the way takes, in each direction.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Where new connections lead.</summary>
    public Uri Target
    {
        get => _target;
        set => _target = value;
    }

    /// <summary>Ends all connections without a farewell.</summary>
    public void BreakOff()
    {
        foreach (var socket in _open.Keys)
            Reset(socket);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        BreakOff();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var links = new List<Task>();
        try
        {
            while (true)
                links.Add(CarryAsync(await _listener.AcceptSocketAsync(_stop.Token)));
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test is over.
        }

        await Task.WhenAll(links);
    }

    private async Task CarryAsync(Socket client)
    {
        using var near = client;
        using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        Interlocked.Increment(ref _connections);
        (_open[near], _open[far]) = (true, true);
        try
        {
            (near.NoDelay, far.NoDelay) = (true, true);
            if (_fault == LinkFault.Refuse)
                return;
            await far.ConnectAsync(new IPEndPoint(IPAddress.Loopback, _target.Port), _stop.Token);
            await Task.WhenAny(PumpAsync(near, far, answers: false), PumpAsync(far, near, answers: true));
        }
        catch (Exception broken) when (broken is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // So is the link then.
        }
        finally
        {
            Reset(near);
            Reset(far);
            _open.TryRemove(near, out _);
            _open.TryRemove(far, out _);
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool answers)
    {
        var way = Channel.CreateUnbounded<(long Sent, byte[] Data)>();
        var handing = HandOnAsync(way.Reader, to, answers);
        try
        {
            var buffer = new byte[1 << 16];
            while (!handing.IsCompleted && await from.ReceiveAsync(buffer, _stop.Token) is > 0 and var read)
                way.Writer.TryWrite((Stopwatch.GetTimestamp(), buffer[..read]));
        }
        catch (Exception broken) when (broken is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The other direction ends with it.
        }

        way.Writer.Complete();
        await handing;
    }

    /// <summary>Ends where the link is broken.</summary>
    private async Task HandOnAsync(ChannelReader<(long Sent, byte[] Data)> way, Socket to, bool answers)
    {
        try
        {
            await foreach (var (sent, data) in way.ReadAllAsync(_stop.Token))
            {
                if (Delay - Stopwatch.GetElapsedTime(sent) is { Ticks: > 0 } left)
                    await Task.Delay(left, _stop.Token);
                if (!await HandOnAsync(data, to, answers))
                    break;
            }
        }
        catch (Exception broken) when (broken is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The other direction ends with it.
        }

        // Who sends is told.
        Reset(to);
    }

    /// <summary>False: the link is broken.</summary>
    private async Task<bool> HandOnAsync(Memory<byte> data, Socket to, bool answers)
    {
        while (_fault == LinkFault.Stall)
            await Task.Delay(s_look, _stop.Token);
        switch (_fault)
        {
            case LinkFault.Refuse:
                return false;
            case LinkFault.Hang:
                await Task.Delay(Timeout.Infinite, _stop.Token);
                return false;
            case LinkFault.Cut or LinkFault.CutOnce when answers:
                if (_fault == LinkFault.CutOnce)
                    _fault = LinkFault.None;
                await SendAsync(to, data[..(data.Length / 2)]);
                return false;
            case LinkFault.Garbage when answers:
                foreach (ref var value in data.Span)
                    value = (byte)~value;
                break;
            case LinkFault.Trickle when answers:
                for (; data.Length > 1 && _fault == LinkFault.Trickle; data = data[1..])
                {
                    await SendAsync(to, data[..1]);
                    await Task.Delay(s_look * 10, _stop.Token);
                }

                break;
        }

        await SendAsync(to, data);
        return true;
    }

    private async Task SendAsync(Socket to, ReadOnlyMemory<byte> data)
    {
        while (!data.IsEmpty)
            data = data[await to.SendAsync(data, _stop.Token)..];
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
            socket.Close();
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // It has been reset already.
        }
    }
}

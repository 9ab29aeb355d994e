using System.Security.Cryptography;
using System.Threading.Channels;
using Dimec.Predictions;
using Dimec.Predictions.Recording;

namespace Dimec.Inference;

/// <summary>
/// Records, behind the answers and never in their way, what every exit says of samples that have been answered. What comes while the queue
/// is full is dropped and counted; what fails ends the recording and nothing else.
/// </summary>
internal sealed class ExitRecorder : IDisposable
{
    /// <summary>How many samples may wait.</summary>
    public const int QueueSize = 1024;

    private const int BatchSize = 32;

    private readonly string _file;
    private readonly RecordedExitsLog _log;
    private readonly ExitSource _source;
    private readonly SampleNames _names;
    private readonly Action<string>? _stopped;
    private readonly Action<int>? _halved;
    private readonly Channel<AnsweredSample> _queue = Channel.CreateBounded<AnsweredSample>(
        new BoundedChannelOptions(QueueSize) { SingleReader = true });

    private readonly CancellationTokenSource _ended = new();
    private readonly Task _loop;
    private long _dropped;
    private long _failed;
    private long _repeated;
    private volatile string? _why;

    /// <param name="file">What the file is called.</param>
    /// <param name="log">The file, which is its own from here on.</param>
    /// <param name="source">Says what exits that were not asked would have said; its own too.</param>
    /// <param name="names">Names the samples.</param>
    /// <param name="stopped">Told once, why nothing is recorded any more.</param>
    /// <param name="halved">Told how often the file was halved, each time.</param>
    private ExitRecorder(
        string file, RecordedExitsLog log, ExitSource source, SampleNames names, Action<string>? stopped, Action<int>? halved)
    {
        (_file, _log, _source, _names, _stopped, _halved) = (file, log, source, names, stopped, halved);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>How many bytes of a last line without an end were left out of the file.</summary>
    public int CutBytes => _log.CutBytes;

    /// <summary>Opens the file of a bundle's exits and begins to record.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="file">The file.</param>
    /// <param name="limit">The most samples in it.</param>
    /// <param name="source">Says what exits that were not asked would have said; it is the recorder's from here on.</param>
    /// <param name="stopped">Told once, why nothing is recorded any more.</param>
    /// <param name="halved">Told how often the file was halved, each time.</param>
    /// <exception cref="InputException">The file is another bundle's, another process writes it, or it cannot be written.</exception>
    /// <exception cref="JobException">The disk is full, or failed.</exception>
    public static ExitRecorder Begin(
        Bundle bundle, string file, int limit, ExitSource source, Action<string>? stopped = null, Action<int>? halved = null)
    {
        var exported = new ExportedExits(bundle.Manifest.Precision, bundle.Hash, Processor.Kind);
        try
        {
            var log = RecordedExitsLog.Open(file, new RecordedShape(source.Exits, bundle.Manifest.Labels.Count, exported), limit);
            // A prefix that no other process has.
            var names = new SampleNames(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));
            return new ExitRecorder(file, log, source, names, stopped, halved);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>What has become of the samples so far.</summary>
    public RecordingState State => new(
        _file, _log.Count, _log.Halvings, Interlocked.Read(ref _dropped), Interlocked.Read(ref _failed), Interlocked.Read(ref _repeated))
    {
        Stopped = _why,
    };

    /// <summary>Takes a sample on where there is room for it; never waits.</summary>
    public void Offer(AnsweredSample sample)
    {
        if (!_queue.Writer.TryWrite(sample))
            Interlocked.Increment(ref _dropped);
    }

    /// <summary>Records what waits, as far as that can be in time, and closes the file.</summary>
    /// <param name="limit">How long it may take.</param>
    public async Task CloseAsync(TimeSpan limit)
    {
        _queue.Writer.TryComplete();
        try
        {
            await _loop.WaitAsync(limit).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            await _ended.CancelAsync().ConfigureAwait(false);
            await _loop.ConfigureAwait(false);
        }

        Dispose();
    }

    public void Dispose()
    {
        _source.Dispose();
        _log.Dispose();
        _ended.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (await _queue.Reader.WaitToReadAsync(_ended.Token).ConfigureAwait(false))
                await RecordAsync(Drawn()).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            Interlocked.Add(ref _dropped, _queue.Reader.Count);
        }
#pragma warning disable CA1031 // Whatever ends the recording, answers go on.
        catch (Exception failed)
#pragma warning restore CA1031
        {
            _why = failed.Message;
            _queue.Writer.TryComplete();
            _stopped?.Invoke(failed.Message);
        }
    }

    /// <summary>The next samples that are drawn, with their names.</summary>
    private List<(string Guid, AnsweredSample Sample)> Drawn()
    {
        var drawn = new List<(string Guid, AnsweredSample)>();
        var names = new HashSet<string>();
        while (drawn.Count < BatchSize && _queue.Reader.TryRead(out var sample))
        {
            var guid = SampleNames.Of(sample);
            if (guid is not null && _names.IsRepeated(guid, sample.Row))
            {
                Interlocked.Increment(ref _repeated);
                continue;
            }

            if (guid is null || _log.Contains(guid) || names.Contains(guid))
                guid = _names.Next();
            if (_log.Draws(guid) && names.Add(guid))
                drawn.Add((guid, sample));
        }

        return drawn;
    }

    private async Task RecordAsync(List<(string Guid, AnsweredSample Sample)> drawn)
    {
        float[]?[] rows;
        try
        {
            rows = await _source.AllAsync([.. drawn.Select(one => one.Sample)], _ended.Token).ConfigureAwait(false);
        }
        catch (Exception failed) when (failed is InputException or JobException)
        {
            // What a model cannot run it cannot run for these; others may fare better.
            rows = new float[]?[drawn.Count];
        }
        catch (OperationCanceledException)
        {
            Interlocked.Add(ref _dropped, drawn.Count);
            throw;
        }

        foreach (var ((guid, _), row) in drawn.Zip(rows))
        {
            if (row is null)
                Interlocked.Increment(ref _failed);
            else if (_log.Draws(guid))
                Add(guid, row);
        }
    }

    private void Add(string guid, float[] row)
    {
        var before = _log.Halvings;
        _log.Add(guid, row);
        if (_log.Halvings > before)
            _halved?.Invoke(_log.Halvings);
    }
}

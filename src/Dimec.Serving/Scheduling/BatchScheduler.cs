using Dimec.Bundles;
using Dimec.Inference;

namespace Dimec.Serving.Scheduling;

/// <summary>
/// Cuts items into rows and merges rows of like length into runs, whosever they are; an instance runs one after the other. Whose turn it
/// is says start-time fair queueing (Goyal, Vin and Cheng, SIGCOMM 1996): a row stands where the rows that its caller asked for before end,
/// counted in tokens × layers, and never before the row whose turn it was last; the row that stands first is next. So who asks for little
/// waits for a run or two, however much others ask for. How many items wait is bounded; where the queue is full, the one that stands last
/// makes room for one that stands before it. What goes on with rows that it has begun comes first and is always taken: there is no more of
/// it than has been run. Bundles that are served side by side share the queue and the instances, and no run.
/// </summary>
internal sealed class BatchScheduler : IScheduler
{
    private readonly SchedulerOptions _options;
    private readonly TimeProvider _time;
    private readonly object _gate = new();
    private readonly Dictionary<(IRowsRunner Runner, LayerStretch Layers, bool Hidden), LengthTable> _tables = [];
    private readonly SortedSet<Place> _untouched = [];
    private readonly WorkRate _rate = new();
    private readonly ITimer _alarm;
    private readonly Thread[] _instances;
    private double _turn;
    private double _waitingWork;
    private long _count;
    private int _held;
    private bool _closed;

    /// <param name="options">How much waits and runs.</param>
    /// <param name="time">The clock.</param>
    public BatchScheduler(SchedulerOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _alarm = time.CreateTimer(_ => WakeAll(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _instances = new Thread[options.InstanceCount];
        for (var i = 0; i < _instances.Length; i++)
        {
            _instances[i] = new Thread(RunAll) { IsBackground = true, Name = $"dimec run {i}" };
            _instances[i].Start();
        }
    }

    public TimeSpan Backlog
    {
        get
        {
            lock (_gate)
                return _rate.TimeOf(_waitingWork, _instances.Length);
        }
    }

    public int Held
    {
        get
        {
            lock (_gate)
                return _held;
        }
    }

    public bool IsFullFor(Caller caller)
    {
        lock (_gate)
            return _held >= _options.QueueSize && Last(StartOf(caller)) is null;
    }

    public Task<StretchResult>? TrySchedule(IRowsRunner runner, WorkItem item)
    {
        Place place;
        lock (_gate)
        {
            if (_closed || (!item.GoesOn && !MakeRoom(StartOf(item.Caller))))
                return null;
            place = new Place(runner, item) { Number = _count++ };
            _held++;
        }

        return WaitAsync(place);
    }

    public void Forget(IRowsRunner runner)
    {
        lock (_gate)
        {
            foreach (var key in _tables.Keys.Where(key => key.Runner == runner).ToArray())
                _tables.Remove(key);
        }
    }

    public bool Close(TimeSpan limit)
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }

        var start = _time.GetTimestamp();
        return _instances.All(instance =>
            instance.Join(_time.GetElapsedTime(start) is var waited && waited < limit ? limit - waited : TimeSpan.Zero));
    }

    /// <summary>Closes the queue however long that takes.</summary>
    public void Dispose()
    {
        while (!Close(TimeSpan.FromHours(1)))
        {
        }

        _alarm.Dispose();
    }

    /// <summary>What a row takes, in tokens × layers.</summary>
    internal static double CostOf(LayerStretch layers, int length) => (double)length * (layers.To - layers.From);

    private async Task<StretchResult> WaitAsync(Place place)
    {
        try
        {
            var rows = place.Item.Rows;
            lock (_gate)
                Enter(place, rows);
            return await place.Item.Result.WaitAsync(place.Item.CancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
                Leave(place);
        }
    }

    /// <summary>Where the next row of a caller stands.</summary>
    private double StartOf(Caller caller) => Math.Max(_turn, caller.Reach);

    private void Enter(Place place, IReadOnlyList<TierRow> rows)
    {
        var item = place.Item;
        var table = TableOf(place);
        var (reach, now) = (StartOf(item.Caller), _time.GetTimestamp());
        place.Start = reach;
        for (var index = 0; index < rows.Count; index++)
        {
            var row = new WaitingRow(
                place, index, rows[index].Length, item.GoesOn ? double.NegativeInfinity : reach, _count++, now);
            reach += row.Cost;
            _waitingWork += row.Cost;
            table.Add(row);
            place.Rows.Add(row);
        }

        item.Caller.Reach = reach;
        if (!item.GoesOn)
            _untouched.Add(place);
        Monitor.PulseAll(_gate);
    }

    /// <summary>Whether there is room for an item that stands there, or one stands behind it, which then makes room.</summary>
    private bool MakeRoom(double start)
    {
        if (_held < _options.QueueSize)
            return true;
        if (Last(start) is not { } last)
            return false;
        Leave(last);
        last.Item.Fail(new PushedOutException());
        return true;
    }

    /// <summary>The one that stands last of those that have not begun and stand behind that; null: there is none.</summary>
    private Place? Last(double start) => _untouched.Max is { } last && last.Start > start ? last : null;

    /// <summary>Takes what waits of an item out; its caller is not charged for it.</summary>
    private void Leave(Place place)
    {
        foreach (var row in place.Rows.ToArray())
        {
            place.Item.Caller.Reach -= row.Cost;
            TakeOut(row);
        }

        LetGo(place);
    }

    /// <summary>A row waits no more; says whether it was the first of a new item.</summary>
    private bool TakeOut(WaitingRow row)
    {
        TableOf(row.Place).Remove(row);
        _waitingWork -= row.Cost;
        row.Place.Rows.Remove(row);
        if (row.Place.Rows.Count == 0)
            LetGo(row.Place);
        return _untouched.Remove(row.Place);
    }

    private void LetGo(Place place)
    {
        if (!place.IsHeld)
            return;
        place.IsHeld = false;
        _held--;
        if (_closed && _held == 0)
            Monitor.PulseAll(_gate);
    }

    private LengthTable TableOf(Place place)
    {
        var key = (place.Runner, place.Item.Layers, place.Item.Hidden);
        return _tables.TryGetValue(key, out var table) ? table : _tables[key] = new LengthTable();
    }

    private void WakeAll()
    {
        lock (_gate)
            Monitor.PulseAll(_gate);
    }

    private void RunAll()
    {
        while (true)
        {
            List<WaitingRow>? rows;
            lock (_gate)
            {
                while ((rows = Take()) is null)
                {
                    if (_closed && _held == 0)
                        return;
                    Monitor.Wait(_gate);
                }
            }

            Run(rows);
            rows[0].Place.Runner.LetGo();
        }
    }

    /// <summary>The next run; null: there is none yet.</summary>
    private List<WaitingRow>? Take()
    {
        LetOverGo();
        var until = TimeSpan.MaxValue;
        foreach (var first in _tables.Values.Select(table => table.First).OfType<WaitingRow>().Order())
        {
            var (rows, isFull) = TableOf(first.Place).RunOf(first, _options.Limits);
            var left = isFull || _closed || first.Item.GoesOn ? TimeSpan.Zero : _options.BatchDelay - _time.GetElapsedTime(first.Since);
            if (left <= TimeSpan.Zero)
            {
                _turn = Math.Max(_turn, first.Start);
                first.Place.Runner.Hold();
                foreach (var row in rows)
                {
                    if (TakeOut(row))
                        row.Item.Taken();
                }

                return rows;
            }

            until = left < until ? left : until;
        }

        if (until != TimeSpan.MaxValue)
            _alarm.Change(until, Timeout.InfiniteTimeSpan);
        return null;
    }

    /// <summary>Their callers are gone, and on their way to say so.</summary>
    private void LetOverGo()
    {
        foreach (var table in _tables.Values)
        {
            while (table.First is { Item.IsOver: true } row)
                Leave(row.Place);
        }
    }

    private void Run(List<WaitingRow> rows)
    {
        var start = _time.GetTimestamp();
        try
        {
            RunAtOnce(rows);
        }
#pragma warning disable CA1031 // Whatever a run throws belongs to the requests that asked for it, not to the instance.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            RunApart(rows, exception);
            return;
        }

        var took = _time.GetElapsedTime(start);
        rows[0].Place.Runner.Ran(rows[0].Item.Layers, rows.Count, took);
        lock (_gate)
            _rate.Add(rows.Sum(row => row.Cost), took);
    }

    private static void RunAtOnce(List<WaitingRow> rows)
    {
        var item = rows[0].Item;
        var (logits, hidden) = rows[0].Place.Runner.Run(item.Layers, [.. rows.Select(row => row.Item.Rows[row.Index])], item.Hidden);
        var classes = logits.Length / rows.Count;
        for (var i = 0; i < rows.Count; i++)
            rows[i].Item.Arrive(rows[i].Index, logits.AsSpan(i * classes, classes), hidden?[i]);
    }

    /// <summary>A run failed: whose rows were in it must not fail for others', so each item's are run by themselves.</summary>
    private void RunApart(List<WaitingRow> rows, Exception exception)
    {
        WaitingRow[][] items = [.. rows.GroupBy(row => row.Item).Select(group => group.ToArray())];
        if (items is [[var row, ..]])
        {
            row.Item.Fail(exception);
            return;
        }

        foreach (var own in items)
            Run([.. own]);
    }
}

using Dimec.Training.Model;

namespace Dimec.Training.Optimization;

/// <summary>
/// The word table's rows under AdamW, each brought up to date only when it is read. The steps that a row missed had a zero gradient;
/// replaying them one by one gives bit for bit what updating the whole table in every step gives, and the table is not
/// streamed through memory each time.
/// </summary>
internal sealed class LateRows
{
    private readonly Parameters _parameters;
    private readonly NativeFloats _first;
    private readonly NativeFloats _second;
    private readonly AdamWStep[] _steps;
    private readonly int[] _done;
    private readonly bool[] _moved;
    private readonly int _offset;
    private readonly int _width;

    public LateRows(Parameters parameters, NativeFloats first, NativeFloats second, AdamWOptions options, LearningRateSchedule schedule)
    {
        _parameters = parameters;
        _first = first;
        _second = second;
        var words = parameters.Layout.Words;
        _offset = words.Offset;
        _width = words.Shape[1];
        _done = new int[words.Shape[0]];
        _moved = new bool[words.Shape[0]];
        _steps = [.. Enumerable.Range(0, schedule.TotalSteps).Select(step => AdamWStep.Of(options, schedule, step, words.Decays))];
    }

    public void CatchUp(ReadOnlySpan<long> rows, int step)
    {
        foreach (var row in rows)
            CatchUp((int)row, step);
    }

    public void CatchUpAll(int step) => Parallel.For(0, _done.Length, row => CatchUp(row, step));

    public void Loaded(int step)
    {
        Array.Fill(_done, step);
        // A row that never moved has no second moment; one that did keeps it for as long as it can be told from zero.
        for (var row = 0; row < _moved.Length; row++)
            _moved[row] = Row(_first, row).ContainsAnyExcept(0f) || Row(_second, row).ContainsAnyExcept(0f);
    }

    public void Update(WordGradient gradient, float scale, int step, AdamWStep constants) =>
        Parallel.For(0, gradient.Tokens.Length, index =>
        {
            var row = gradient.Tokens[index];
            AdamWKernel.Update(
                gradient.Row(index).Span, scale, Row(_parameters.Values, row), Row(_first, row), Row(_second, row), constants);
            _done[row] = step + 1;
            _moved[row] = true;
        });

    private void CatchUp(int row, int step)
    {
        if (_done[row] == step)
            return;
        var missed = _steps.AsSpan(_done[row], step - _done[row]);
        if (_moved[row])
            AdamWKernel.Replay(Row(_parameters.Values, row), Row(_first, row), Row(_second, row), missed);
        else
            AdamWKernel.ReplayDecay(Row(_parameters.Values, row), missed);
        _done[row] = step;
    }

    private Span<float> Row(NativeFloats buffer, int row) => buffer.Slice(_offset + (row * _width), _width);
}

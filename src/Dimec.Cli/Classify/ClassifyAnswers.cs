using System.Globalization;
using Dimec.Cli.Output;
using Dimec.Inference;

namespace Dimec.Cli.Classify;

/// <summary>Gives each text its answer, in a line of its own, and each that cannot be answered its error.</summary>
/// <param name="console">Where errors go, and the answers where there is no file for them.</param>
/// <param name="client">Who answers.</param>
/// <param name="call">What is asked.</param>
/// <param name="file">Where the answers go; null: to standard output.</param>
internal sealed class ClassifyAnswers(ToolConsole console, DimecClient client, ClassifyCall call, AnswerFile? file)
{
    /// <summary>So many batches are under way where lines need not be waited for, so that this machine works while another one answers.
    /// </summary>
    private const int Ahead = 3;

    private readonly TextWriter _out = file?.Writer ?? console.Out;
    private readonly AnswerTally _tally = file?.Tally ?? new AnswerTally(0, new Dictionary<string, long>());

    // A tier that is down fails for every text in the same words: once is enough, each answer says who gave it.
    private readonly HashSet<string> _said = [];

    /// <summary>Answers all of them, but those that the file has already.</summary>
    /// <param name="lines">The texts.</param>
    /// <param name="isPair">Whether a line holds two texts.</param>
    /// <param name="stop">Stops it at once, also while a line is waited for.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> GiveAsync(TextLines lines, bool isPair, CancellationToken stop)
    {
        Warn(client.Unreachable);
        var under = new Queue<(IReadOnlyList<TextRow> Rows, Task<IReadOnlyList<Answer>> Answers)>();
        try
        {
            using var batches = lines.Rows(isPair, _tally.Texts).GetEnumerator();
            // What waits for a line cannot be called off; it is left waiting where the command ends.
            while (await MoveNextAsync(batches, lines.Where, stop))
            {
                var rows = batches.Current;
                under.Enqueue((rows, AnswersAsync([.. rows.Where(row => row.Wrong is null)], stop)));
                if (lines.IsStream || under.Count == Ahead)
                    await PrintAsync(under.Dequeue());
            }

            while (under.TryDequeue(out var batch))
                await PrintAsync(batch);
        }
        catch (Exception ended)
        {
            await SettleAsync(under.Select(batch => batch.Answers));
            // Else it may be the file that failed, and then what its writer holds is not all of what it was given.
            if (ended is OperationCanceledException)
                file?.Commit();
            throw;
        }

        if (_tally.Texts == 0)
            console.WriteWarning($"{lines.Where} holds no text, so there is nothing to answer.");
        file?.Complete();
        foreach (var sentence in _tally.Sentences())
            console.WriteWarning(sentence);
        return _tally.ExitCode;
    }

    /// <summary>Waits for what is still under way, of which nobody will hear: the client must not go before it.</summary>
    private static async Task SettleAsync(IEnumerable<Task> left)
    {
        try
        {
            await Task.WhenAll(left);
        }
#pragma warning disable CA1031 // What ended the call is what counts.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    private static async Task<bool> MoveNextAsync(IEnumerator<IReadOnlyList<TextRow>> batches, string where, CancellationToken stop)
    {
        try
        {
            return await Task.Run(batches.MoveNext, stop).WaitAsync(stop);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new JobException(
                $"{where} cannot be read ({exception.Message.TrimEnd('.')}); the texts before have their answers.", exception);
        }
    }

    /// <summary>All together, and one by one where that fails: what is the matter with one is not the others' fault.</summary>
    private async Task<IReadOnlyList<Answer>> AnswersAsync(TextRow[] rows, CancellationToken stop)
    {
        if (rows.Length == 0)
            return [];
        try
        {
            return [.. (await client.ClassifyAsync([.. rows.Select(row => call.Of(row.Input!))], stop)).Select(given => new Answer(given))];
        }
#pragma warning disable CA1031 // Whatever it is, the other rows have answers.
        catch (Exception exception) when (exception is not OperationCanceledException || !stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
            if (rows is [var row])
                return [new Answer(Failed: Error(row.Where, exception))];
            var answers = new List<Answer>();
            foreach (var single in rows)
                answers.AddRange(await AnswersAsync([single], stop));
            return answers;
        }
    }

    private async Task PrintAsync((IReadOnlyList<TextRow> Rows, Task<IReadOnlyList<Answer>> Answers) batch)
    {
        var answers = new Queue<Answer>(await batch.Answers);
        foreach (var row in batch.Rows)
            Print(row.Wrong is { } wrong ? new Answer(Wrong: wrong) : answers.Dequeue());
        file?.Answered();
    }

    private void Print(Answer answer)
    {
        var index = _tally.Texts;
        if (answer.Given is { } given)
        {
            Warn(given.Failures);
            if (given.Error is null && AnswerLine.Of(index, given, call.IsJson) is { } line)
            {
                _tally.Answered(given);
                _out.WriteLine(line);
                return;
            }

            answer = new Answer(Failed: new InputError(
                string.Create(CultureInfo.InvariantCulture, $"text {index + 1}"), "has an answer that is no number and cannot be written",
                "look whether the model's weights are whole"));
        }

        var error = answer.Wrong ?? answer.Failed!;
        if (answer.Wrong is null)
            _tally.Failed();
        else
            _tally.Wrong();
        console.WriteError(error.ToString());
        // So that the n-th line of the answers is that of the n-th text.
        if (call.IsJson)
            _out.WriteLine(JsonLine.Of(new { index, error = error.ToString() }));
        else if (file is not null)
            _out.WriteLine();
    }

    private void Warn(IReadOnlyList<TierFailure> failures)
    {
        foreach (var failure in failures.Where(failure => _said.Add(failure.Sentence)))
            console.WriteWarning(failure.Sentence);
    }

    private static InputError Error(string where, Exception exception) =>
        new(where, $"has no answer ({exception.Message.TrimEnd('.')})", "look at the text, and whether the bundle is whole");

    /// <summary>What became of a text: an answer, or an error of the text or of the machine.</summary>
    private sealed record Answer(Classification? Given = null, InputError? Wrong = null, InputError? Failed = null);
}

using System.Globalization;
using Dimec.Cli.Output;
using Dimec.Display;
using Dimec.Inference;

namespace Dimec.Cli.Commands;

/// <summary>Gives each text its answer, in a line of its own, and each that cannot be answered its error.</summary>
/// <param name="console">Where they go.</param>
/// <param name="client">Who answers.</param>
/// <param name="json">Whether a line is a JSON object.</param>
internal sealed class ClassifyAnswers(ToolConsole console, DimecClient client, bool json)
{
    // A tier that is down fails for every text in the same words: once is enough, each answer says who gave it.
    private readonly HashSet<string> _said = [];
    private int _index;
    private int _fallbacks;
    private int _wrong;
    private int _failed;

    /// <summary>Answers all of them.</summary>
    /// <param name="where">What a sentence calls their source.</param>
    /// <param name="rows">The texts.</param>
    /// <param name="stop">Stops it at once, also while a line is waited for.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> GiveAsync(string where, IEnumerable<IReadOnlyList<TextRow>> rows, CancellationToken stop)
    {
        Warn(client.Unreachable);
        using var batches = rows.GetEnumerator();
        // What waits for a line cannot be called off; it is left waiting where the command ends.
        while (await MoveNextAsync(batches, where, stop))
        {
            var answers = new Queue<Answer>(await AnswersAsync([.. batches.Current.Where(row => row.Wrong is null)], stop));
            foreach (var row in batches.Current)
                Print(row.Wrong is { } wrong ? new Answer(Wrong: wrong) : answers.Dequeue());
        }

        if (_index == 0)
            console.WriteWarning($"{where} holds no text, so there is nothing to answer.");
        if (_fallbacks > 0)
        {
            console.WriteWarning(string.Create(
                CultureInfo.InvariantCulture, $"{_fallbacks} of {_index} answers are another tier's than the one that the plan names."));
        }

        return _wrong > 0 ? ExitCodes.BadInput : _failed > 0 ? ExitCodes.Failed : ExitCodes.Done;
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
            return [.. (await client.ClassifyAsync([.. rows.Select(row => row.Input!)], stop)).Select(given => new Answer(given))];
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

    private void Print(Answer answer)
    {
        var index = _index++;
        if (answer.Given is { } given)
        {
            Warn(given.Failures);
            _fallbacks += given.Fallback ? 1 : 0;
            if (given.Error is null && Line(index, given) is { } line)
            {
                console.Out.WriteLine(line);
                return;
            }

            answer = new Answer(Failed: new InputError(
                string.Create(CultureInfo.InvariantCulture, $"text {index + 1}"), "has an answer that is no number and cannot be written",
                "look whether the model's weights are whole"));
        }

        var error = answer.Wrong ?? answer.Failed!;
        _wrong += answer.Wrong is null ? 0 : 1;
        _failed += answer.Wrong is null ? 1 : 0;
        console.WriteError(error.ToString());
        // So that the n-th line of the answers is that of the n-th text.
        if (json)
            console.Out.WriteLine(JsonLine.Of(new { index, error = error.ToString() }));
    }

    private string? Line(int index, Classification answer)
    {
        if (!double.IsFinite(answer.Confidence) || !double.IsFinite(answer.Cost))
            return null;
        return json
            ? JsonLine.Of(new
            {
                index,
                label = answer.Label,
                confidence = answer.Confidence,
                tier = answer.Tier,
                exit = answer.Exit,
                cost = answer.Cost,
                truncated = answer.Truncated,
                fallback = answer.Fallback,
            })
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{Printable.Field(answer.Label)}\t{answer.Confidence:0.0000}\t{Printable.Field(answer.Tier)}\t{answer.Cost:0.###}");
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

using System.Diagnostics;

namespace Dimec.Serving;

/// <summary>
/// What a fault is called in a log: its type, those below it, and the method that threw it. Its words are left out, which may hold a text,
/// a path or whatever else was in its way, and so is its stack; whoever looks for both has <see cref="TierLog.FaultDetails"/>.
/// </summary>
internal static class FaultName
{
    private const int Most = 4;

    /// <summary>The name, e.g. <c>InvalidOperationException of IOException in TextModel.AnswerAsync</c>.</summary>
    public static string Of(Exception exception)
    {
        var types = new List<string>();
        var inner = exception;
        for (; inner is not null && types.Count < Most; inner = inner.InnerException)
            types.Add(inner.GetType().Name);
        var place = new StackTrace(exception, fNeedFileInfo: false).GetFrame(0) is { } frame
            && DiagnosticMethodInfo.Create(frame) is { } method
                ? $" in {method.DeclaringTypeName}.{method.Name}"
                : "";
        return $"{string.Join(" of ", types)}{place}";
    }
}

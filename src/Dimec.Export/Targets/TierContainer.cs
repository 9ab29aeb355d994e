namespace Dimec.Export.Targets;

/// <summary>What the container of a tier has in every cluster.</summary>
internal static class TierContainer
{
    /// <summary>When it counts as started, ready and alive, and how it ends: lines of the container's specification.</summary>
    /// <param name="port">The port of REST, by its name or number.</param>
    /// <param name="indent">How far the lines are in.</param>
    public static string Life(string port, int indent) => Indented(
        indent,
        $"""
        # It reads and checks the whole bundle before it answers: two minutes for that.
        startupProbe:
          httpGet:
            path: /v2/health/ready
            port: {port}
          periodSeconds: 2
          failureThreshold: 60
        readinessProbe:
          httpGet:
            path: /v2/health/ready
            port: {port}
          periodSeconds: 5
          failureThreshold: 2
        livenessProbe:
          httpGet:
            path: /v2/health/live
            port: {port}
          periodSeconds: 10
          failureThreshold: 6
        lifecycle:
          preStop:
            sleep:
              seconds: 5
        """);

    /// <summary>Lines that stand further in.</summary>
    public static string Indented(int indent, string lines) =>
        string.Join('\n', lines.Split('\n').Select(line => line.Length == 0 ? line : new string(' ', indent) + line));
}

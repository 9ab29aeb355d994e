using System.Text.RegularExpressions;

namespace Dimec.Architecture.Tests;

/// <summary>
/// Holds that nobody makes anything of ONNX Runtime before its telemetry was decided on, which cannot be made good afterwards.
/// </summary>
public sealed partial class OnnxRuntimeTests
{
    [Fact]
    public void Whoever_makes_a_session_decides_on_telemetry_first()
    {
        var makers = new[] { "src", "tests", "bench", "samples" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Contains("obj"))
            .Where(path => Maker().IsMatch(File.ReadAllText(path)))
            .ToArray();

        Assert.Contains(makers, path => path.EndsWith("TierSession.cs", StringComparison.Ordinal));
        Assert.All(makers, path => Assert.Contains("OnnxRuntimeTelemetry.Decide()", File.ReadAllText(path), StringComparison.Ordinal));
    }

    /// <summary>A session, or its options: whichever comes first makes the environment that holds the telemetry.</summary>
    [GeneratedRegex(@"new (InferenceSession|SessionOptions)\b")]
    private static partial Regex Maker();
}

namespace Dimec.Inference.Tests.Tiers;

public sealed class OnnxRuntimeTelemetryTests
{
    /// <summary>
    /// As ONNX Runtime reads its variable (onnxruntime/core/platform/telemetry_environment.h), but that no value turns it off as well.
    /// </summary>
    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("  ", true)]
    [InlineData("1", true)]
    [InlineData(" True ", true)]
    [InlineData("yes", true)]
    [InlineData("ON", true)]
    [InlineData("y", true)]
    [InlineData("0", false)]
    [InlineData("false", false)]
    [InlineData("off", false)]
    public void It_is_off_unless_the_users_variable_says_otherwise(string? value, bool expected) =>
        Assert.Equal(expected, OnnxRuntimeTelemetry.IsOff(value));
}

namespace Dimec.Architecture.Tests;

public sealed class TestHostTests
{
    /// <summary>
    /// Who runs the README's second command is not told on: the generated entry point of each test project
    /// registers what its packages ask it to.
    /// </summary>
    [Fact]
    public void The_tests_do_not_report_their_runs_to_the_maker_of_the_test_platform()
    {
        var registered = typeof(TestHostTests).Assembly.GetReferencedAssemblies().Select(name => name.Name!);

        Assert.DoesNotContain("Microsoft.Testing.Extensions.Telemetry", registered);
        Assert.Contains("Microsoft.Testing.Platform", registered);
    }
}

using System.Reflection;
using Dimec.Telemetry;

namespace Dimec.Tests.Telemetry;

/// <summary>The one list of metrics is fit for those that collect them.</summary>
public class InstrumentsTests
{
    private static readonly string[] s_attributes =
        [.. typeof(TelemetryNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetValue(null)!)];

    [Fact]
    public void All_are_in_the_list_once_and_have_what_their_kind_needs()
    {
        var properties = typeof(Instruments).GetProperties()
            .Where(property => property.PropertyType == typeof(InstrumentDescription))
            .Select(property => (InstrumentDescription)property.GetValue(null)!)
            .ToList();
        Assert.Equal(properties, Instruments.All);
        Assert.Equal(Instruments.All.Count, Instruments.All.Select(one => one.PrometheusName).Distinct().Count());
        Assert.All(Instruments.All, one =>
        {
            Assert.Matches("^(dimec|rpc)(\\.[a-z]+)+$", one.Name);
            Assert.EndsWith(".", one.Description, StringComparison.Ordinal);
            Assert.Equal(one.Kind == InstrumentKind.Histogram, one.Buckets.Count > 0);
            Assert.Equal(one.Buckets.Distinct().Order(), one.Buckets);
            Assert.Subset(s_attributes.ToHashSet(), one.Attributes.ToHashSet());
        });
    }

    [Theory]
    [InlineData("a.b", InstrumentKind.Counter, "{sample}", "a_b_total")]
    [InlineData("a.b", InstrumentKind.Histogram, "s", "a_b_seconds")]
    [InlineData("a.b", InstrumentKind.Gauge, "1", "a_b")]
    [InlineData("a.b", InstrumentKind.UpDownCounter, "{request}", "a_b")]
    public void Prometheus_calls_them_by_name_unit_and_kind(string name, InstrumentKind kind, string unit, string expected) =>
        Assert.Equal(expected, new InstrumentDescription(name, kind, unit, "What.").PrometheusName);
}

using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Dimec.Json;

namespace Dimec.Tests.Json;

public class JsonObjectReaderTests
{
    [Fact]
    public void An_object_of_very_many_keys_is_read_in_the_time_of_its_length()
    {
        const int Many = 300_000;
        var json = new StringBuilder("{\"counts\":{");
        for (var i = 0; i < Many; i++)
            json.Append(i == 0 ? "" : ",").Append(System.Globalization.CultureInfo.InvariantCulture, $"\"key{i}\":{i % 100}");
        using var document = JsonDocument.Parse(json.Append("}}").ToString());
        var watch = Stopwatch.StartNew();
        var errors = new InputErrors();
        var counts = new JsonObjectReader(document.RootElement, "a.json", "", errors).NumbersByName("counts");

        Assert.Equal((Many, 0), (counts.Count, errors.Count));
        Assert.Equal(99, counts["key299999"]);
        // A fraction of a second; with the square of its length minutes.
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 20);
    }

    [Fact]
    public void A_key_that_is_looked_up_late_is_what_it_is_early()
    {
        var keys = Enumerable.Range(0, 60).Select(i => $"k{i}").ToArray();
        using var document = JsonDocument.Parse($"{{{string.Join(',', keys.Select(key => $"\"{key}\":\"{key}\""))},\"k1\":\"twice\"}}");
        var errors = new InputErrors();
        var reader = new JsonObjectReader(document.RootElement, "a.json", "", errors);
        Assert.Equal("twice", reader.String("k1"));
        Assert.Equal(keys.Skip(2), keys.Skip(2).Select(reader.String));
        Assert.Equal("twice", reader.String("k1"));
        Assert.Null(reader.OptionalString("k60"));
        reader.NoOtherKeys();
        Assert.Equal("a.json k0", Assert.Single(Assert.Throws<InputException>(errors.ThrowIfAny).Errors).Where);
    }
}

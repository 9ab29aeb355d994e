using Dimec.Export.Targets.Triton;

namespace Dimec.Export.Tests.Targets.Triton;

public class ConfigTextTests
{
    [Fact]
    public void What_is_no_plain_letter_is_written_by_its_bytes()
    {
        var text = new ConfigText();
        text.String("name", "a\"b\\c\né");
        text.Message("empty", () => { });
        text.Message("outer", () => text.Message("inner", () => text.Value("count", 1)));
        Assert.Equal(
            "name: \"a\\042b\\134c\\012\\303\\251\"\nempty { }\nouter {\n  inner {\n    count: 1\n  }\n}\n", text.ToString());
    }
}

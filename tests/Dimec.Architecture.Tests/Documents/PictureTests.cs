using System.Text.RegularExpressions;

namespace Dimec.Architecture.Tests.Documents;

/// <summary>Holds that the calls in the pages' pictures are calls that the tool takes.</summary>
public sealed partial class PictureTests
{
    public static TheoryData<string> Calls =>
    [
        .. MarkdownFile.All().SelectMany(page => page.Blocks("mermaid"))
            .SelectMany(picture => Call().Matches(picture)).Select(call => call.Value.Trim()).Distinct(),
    ];

    [Fact]
    public void There_are_some() => Assert.Contains("dimec replan --max-drop", Calls.Select(row => row.Data));

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_call_in_a_picture_is_one_that_the_tool_takes(string call) => Assert.True(ArchitecturePageTests.IsCommand(call), call);

    /// <summary>The command and its options; what follows a colon says what comes of it.</summary>
    [GeneratedRegex(@"\bdimec [a-z]+(?: --[a-z-]+)*")]
    private static partial Regex Call();
}

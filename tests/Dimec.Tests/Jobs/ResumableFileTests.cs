using Dimec.Jobs;

namespace Dimec.Tests.Jobs;

/// <summary>A file that is written in many steps has its name only when it is whole, and is gone on with where it was committed.</summary>
public sealed class ResumableFileTests : IDisposable
{
    private static readonly Dictionary<string, string> s_origin = new() { ["input"] = "a", ["form"] = "json" };

    private readonly TemporaryFolder _folder = new();

    private string Target => _folder.File("answers");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_committed_is_gone_on_with_and_the_rest_is_written_again()
    {
        File.WriteAllText(Target, "of before");
        using (var file = ResumableFile.Open(Target, s_origin))
        {
            Assert.Equal((0, 0), (file.Steps, file.Counts.Count));
            file.Content.Write("one\n"u8);
            file.Commit(1, new Dictionary<string, long> { ["failed"] = 1 });
            file.Content.Write("tw"u8);
        }

        Assert.Equal("of before", File.ReadAllText(Target));
        using (var file = ResumableFile.Open(Target, s_origin))
        {
            Assert.Equal((1, 1), (file.Steps, file.Counts["failed"]));
            file.Content.Write("two\n"u8);
            file.Commit(2, file.Counts);
            file.Complete();
        }

        Assert.Equal("one\ntwo\n", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_link_stays_and_what_it_leads_to_is_written()
    {
        Directory.CreateDirectory(_folder.File("elsewhere"));
        File.CreateSymbolicLink(Target, _folder.File("elsewhere/answers"));
        using (var file = ResumableFile.Open(Target, s_origin))
        {
            file.Content.Write("one\n"u8);
            file.Complete();
        }

        Assert.Equal("one\n", File.ReadAllText(_folder.File("elsewhere/answers")));
        Assert.NotNull(new FileInfo(Target).LinkTarget);
    }

    [Fact]
    public void What_was_begun_of_something_else_is_left_alone()
    {
        Begin();
        var refused = Assert.Throws<InputException>(() =>
            ResumableFile.Open(Target, new Dictionary<string, string>(s_origin) { ["input"] = "b" }));
        Assert.Equal(
            $"{Target}.partial: was begun with another input; call it as it was begun, or remove both it and answers.partial.json to begin "
            + "anew.", refused.Message);
        Assert.Throws<InputException>(() => ResumableFile.Open(Target, new Dictionary<string, string> { ["input"] = "a" }));
        Assert.Equal("one\n", File.ReadAllText(Target + ".partial"));
    }

    [Fact]
    public void A_users_own_file_of_that_name_is_not_written_over()
    {
        File.WriteAllText(Target + ".partial", "a user's");
        Assert.Contains(
            "stands where a file grows that is not whole yet",
            Assert.Throws<InputException>(() => ResumableFile.Open(Target, s_origin)).Message, StringComparison.Ordinal);
        Assert.Equal("a user's", File.ReadAllText(Target + ".partial"));
    }

    [Fact]
    public void Two_do_not_write_it_at_once()
    {
        using var file = ResumableFile.Open(Target, s_origin);
        Assert.Contains(
            "is being written by another process",
            Assert.Throws<InputException>(() => ResumableFile.Open(Target, s_origin)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"format":2}""")]
    [InlineData("""{"format":1,"steps":-1,"bytes":4,"origin":{"input":"a","form":"json"},"counts":{}}""")]
    [InlineData("""{"format":1,"steps":1,"bytes":400,"origin":{"input":"a","form":"json"},"counts":{}}""")]
    [InlineData("""{"format":1,"steps":1,"bytes":4,"origin":{"input":1},"counts":{}}""")]
    [InlineData("""{"format":1,"steps":1,"bytes":4,"origin":[],"counts":{"a":"b"}}""")]
    public void A_broken_account_of_it_is_named(string state)
    {
        Begin();
        File.WriteAllText(Target + ".partial.json", state);
        Assert.StartsWith(
            Target + ".partial", Assert.Throws<InputException>(() => ResumableFile.Open(Target, s_origin)).Message,
            StringComparison.Ordinal);
        Assert.Equal("one\n", File.ReadAllText(Target + ".partial"));
    }

    [Fact]
    public void Who_is_stopped_after_the_file_has_its_name_begins_anew()
    {
        Begin();
        File.Move(Target + ".partial", Target);
        using var file = ResumableFile.Open(Target, s_origin);
        Assert.Equal(0, file.Steps);
        Assert.Equal("one\n", File.ReadAllText(Target));
    }

    private void Begin()
    {
        using var file = ResumableFile.Open(Target, s_origin);
        file.Content.Write("one\n"u8);
        file.Commit(1, new Dictionary<string, long>());
    }
}

using Dimec.Cli.Demo;

namespace Dimec.Cli.Tests.Demo;

public sealed class ServedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Answers_come_back_with_the_seconds_that_they_took()
    {
        ServedAnswer[] answers = [new("dev-1", 3, "edge", 4, 0.5f, 5), new("dev-2", 0, "mobile", 0, 0.75f, 2)];
        var path = _folder.File("served.jsonl");
        ServedFile.Write(path, "hash", answers, 9.25);

        var read = ServedFile.Read(path, "hash", ["dev-1", "dev-2"]);

        Assert.Equal(answers, read!.Value.Answers);
        Assert.Equal(9.25, read.Value.Seconds);
        Assert.Null(ServedFile.Read(path, "another bundle", ["dev-1", "dev-2"]));
        Assert.Null(ServedFile.Read(path, "hash", ["dev-2", "dev-1"]));
        Assert.Null(ServedFile.Read(_folder.File("none"), "hash", []));
    }

    [Fact]
    public void Whatever_stands_in_it_the_samples_are_served_again_or_taken_over()
    {
        var path = _folder.File("served.jsonl");
        ServedFile.Write(path, "hash", [new("dev-1", 3, "edge", 4, 0.5f, 5), new("dev-2", 0, "mobile", 0, 0.75f, 2)], 9.25);
        JsonDamage.Check(File.ReadAllText(path), bytes =>
        {
            var damaged = _folder.File(Guid.NewGuid().ToString());
            File.WriteAllBytes(damaged, bytes);
            Assert.True(ServedFile.Read(damaged, "hash", ["dev-1", "dev-2"]) is null or { Answers.Count: 2 });
            File.Delete(damaged);
        }, times: 500);
    }
}

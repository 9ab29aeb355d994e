using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace Dimec.EndToEnd.Tests;

/// <summary>
/// A folder that <c>samples/huggingface-trainer</c> writes is enough for map, plan and evaluate:
/// its own functions write it, with a Trainer that is none.
/// </summary>
public sealed class HuggingFaceTrainerSampleTests
{
    /// <summary>
    /// What the sample's functions see of Trainer, torch and data; the training shuffles every epoch, and sample 7 has a wrong label.
    /// </summary>
    private const string Training = """
        import random, sys
        sys.dont_write_bytecode = True
        sys.path.insert(0, sys.argv[1])
        import train

        chance = random.Random(1)

        class Tensor(list):
            tolist = detach = float = lambda self: list(self) if self and not isinstance(self[0], list) else Tensor(self)

        class Trainer:
            def compute_loss(self, model, inputs, return_outputs=False):
                assert "guid" not in inputs, "the model takes no guid"
                return (0.5, {"logits": Tensor([logits(12, y if g != 7 else 1 - y) for g, y in zip(inputs["ids"], inputs["labels"])])})

        class State: pass

        def logits(layers, label):
            return [chance.gauss(layers / 4 if label == c else 0, 1) for c in (0, 1)]

        trainer = type("RecordingTrainer", (train.RecordsDynamics, Trainer), {})()
        trainer.dynamics, trainer.state, model = sys.argv[2], State(), State()
        for step in range(3 * 20):
            if step % 20 == 0:
                order = chance.sample(range(200), 200)
            trainer.state.epoch, model.training = step / 20, True
            ids = order[step % 20 * 10:][:10]
            batch = lambda: {"guid": Tensor(ids), "ids": ids, "labels": Tensor(g % 2 for g in ids)}
            assert trainer.compute_loss(model, batch()) == 0.5
            model.training = False
            assert trainer.compute_loss(model, batch(), return_outputs=True)[0] == 0.5
        for part, first, count in (("train", 0, 200), ("selection", 200, 120), ("dev", 320, 120)):
            guids = list(range(first, first + count))
            gold = [g % 2 for g in guids]
            rows = {layers: [logits(layers, y) for y in gold] for layers in (6, 12)}
            train.write_predictions(sys.argv[2], part, guids, gold, rows, [[chance.random(), 0.5, float(y)] for y in gold])
        """;

    [Fact]
    public async Task Map_plan_and_evaluate_read_what_it_writes()
    {
        using var folder = new TemporaryFolder();
        var run = folder.File("run");
        await WriteAsync(run);
        File.WriteAllLines(
            folder.File("data.jsonl"), Enumerable.Range(0, 440).Select(i => $$"""{"text": "text {{i}}", "label": {{i % 2}}}"""));

        using var map = JsonDocument.Parse(
            (await Tool.DoneAsync("map", run, "--suspects", "1", "--data", folder.File("data.jsonl"), "--json")).Output);
        Assert.Equal((200, 3), (map.RootElement.GetProperty("samples").GetInt32(), map.RootElement.GetProperty("epochs").GetInt32()));
        var suspect = map.RootElement.GetProperty("suspects")[0];
        Assert.Equal(("7", "1", "0", "text 7"), (Text("guid"), Text("label"), Text("preferred"), Text("text")));
        await Tool.DoneAsync("plan", run, "--policy", "any", "--max-drop", "1", "--out", folder.File("plan.json"));
        using var evaluation = JsonDocument.Parse(
            (await Tool.DoneAsync("evaluate", run, "--plan", folder.File("plan.json"), "--json")).Output);
        Assert.Equal(120, evaluation.RootElement.GetProperty("n").GetInt32());
        Assert.Contains(
            "pools",
            evaluation.RootElement.GetProperty("policies").EnumerateArray().Select(policy => policy.GetProperty("name").GetString()));

        string Text(string name) => suspect.GetProperty(name).GetString()!;
    }

    [Fact]
    public void The_script_has_sixty_lines_at_most() =>
        Assert.InRange(File.ReadAllLines(Path.Combine(Repository.Root, "samples", "huggingface-trainer", "train.py")).Length, 1, 60);

    private static async Task WriteAsync(string run)
    {
        var start = new ProcessStartInfo("python3", ["-c", Training, Path.Combine(Repository.Root, "samples", "huggingface-trainer"), run])
        {
            RedirectStandardError = true,
        };
        try
        {
            using var python = Process.Start(start)!;
            var error = await python.StandardError.ReadToEndAsync();
            await python.WaitForExitAsync();
            Assert.True(python.ExitCode == 0, error);
        }
        catch (Win32Exception)
        {
            Assert.Skip("python3 is not on the path.");
        }
    }
}

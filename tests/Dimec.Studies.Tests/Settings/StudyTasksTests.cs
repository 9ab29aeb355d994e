using Dimec.Studies.Settings;
using Dimec.Text;

namespace Dimec.Studies.Tests.Settings;

public class StudyTasksTests
{
    [Fact]
    public void A_GLUE_task_may_name_a_folder_of_its_own()
    {
        var errors = new InputErrors();
        var tasks = StudyTasks.Parse("sst2, qnli:other/part ,sdk-docs", "glue", new ReaderOptions(), errors);
        Assert.Equal(0, errors.Count);
        Assert.Equal(
            [("sst2", "sst2:glue", true), ("qnli", "qnli:other/part", true), ("sdk-docs", "sdk-docs", false)],
            tasks.Select(task => (task.Name, task.Spec, task.HasOwnDev)));
    }

    [Fact]
    public void A_task_of_two_folders_comes_twice()
    {
        var errors = new InputErrors();
        StudyTasks.Parse("qnli,qnli:other/part", "glue", new ReaderOptions(), errors);
        var error = Assert.Single(Assert.Throws<InputException>(errors.ThrowIfAny).Errors);
        Assert.Contains("comes twice", error.Problem, StringComparison.Ordinal);
    }
}

using Dimec.Cli.Progress;

namespace Dimec.Cli.Tests.Progress;

public class ProgressLineTests
{
    private readonly Clock _clock = new();

    [Fact]
    public void A_terminal_has_one_line_that_is_drawn_anew_and_stays_at_the_end()
    {
        var screen = new Screen(width: 12);
        Report(screen, every: 1);
        Assert.Equal("\rstep 1     \rstep 2     \rstep 3     \rstep 4     \n", screen.Error);
    }

    [Fact]
    public void A_line_wider_than_the_window_is_cut()
    {
        var screen = new Screen(width: 5);
        new ProgressLine(screen.Console.Error, _clock).Report("step 1 of 4", isLast: false);
        Assert.Equal("\rstep", screen.Error);
    }

    [Fact]
    public void A_log_gets_a_line_now_and_then_and_the_last_one()
    {
        var screen = new Screen(isTerminal: false);
        Report(screen, every: 6);
        Assert.Equal("step 1\nstep 3\nstep 4\n", screen.Error);
    }

    [Fact]
    public void A_step_that_follows_another_begins_at_once()
    {
        var screen = new Screen(isTerminal: false);
        var line = new ProgressLine(screen.Console.Error, _clock);
        line.Report("first, done", isLast: true);
        line.Report("second", isLast: false);
        line.Report("second, more", isLast: false);
        Assert.Equal("first, done\nsecond\n", screen.Error);
    }

    [Fact]
    public void A_step_that_is_begun_shows_itself_at_once_whatever_was_shown_just_before()
    {
        var (terminal, log) = (new Screen(width: 9), new Screen(isTerminal: false));
        foreach (var screen in new[] { terminal, log })
        {
            var line = new ProgressLine(screen.Console.Error, _clock);
            line.Report("first", isLast: false);
            line.Begin();
            line.Report("second", isLast: false);
        }

        Assert.Equal("\rfirst   \n\rsecond  ", terminal.Error);
        Assert.Equal("first\nsecond\n", log.Error);
    }

    private void Report(Screen screen, int every)
    {
        var line = new ProgressLine(screen.Console.Error, _clock);
        for (var step = 1; step <= 4; step++)
        {
            line.Report($"step {step}", isLast: step == 4);
            _clock.Seconds += every;
        }
    }

    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}

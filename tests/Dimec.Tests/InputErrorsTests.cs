namespace Dimec.Tests;

public class InputErrorsTests
{
    [Fact]
    public void Of_very_many_mistakes_the_first_are_kept_and_the_rest_counted()
    {
        const int Many = 300_000;
        var errors = new InputErrors();
        for (var i = 0; i < Many; i++)
            errors.Add("plan.json", $"has mistake {i}", "mend it");
        errors.Add("plan.json", "has mistake 0", "mend it");
        var thrown = Assert.Throws<InputException>(errors.ThrowIfAny).Errors;

        Assert.Equal(Many + 1, errors.Count);
        Assert.Equal(1001, thrown.Count);
        Assert.Equal("plan.json: has mistake 999; mend it.", thrown[999].ToString());
        Assert.Equal("the rest: has 299001 mistakes more; mend these and run again to see them.", thrown[1000].ToString());
    }

    [Fact]
    public void A_mistake_that_was_met_before_is_said_once()
    {
        var errors = new InputErrors();
        foreach (var problem in new[] { "a", "b", "a" })
            errors.Add("x", problem, "mend it");
        Assert.Equal(2, errors.Count);
    }
}

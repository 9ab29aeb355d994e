using Dimec.CommandLine.Parsing;

namespace Dimec.CommandLine.Tests.Parsing;

public class TierUrlTests
{
    [Fact]
    public void A_name_and_a_url_are_taken_apart_at_the_first_equals_sign()
    {
        var (urls, errors) = (new Dictionary<string, Uri>(), new InputErrors());
        TierUrl.Add(urls, "--forward", "cloud=http://host:8000/a?b=c", errors);
        TierUrl.Add(urls, "edge", "grpc://host:8001", "--edge grpc://host:8001", errors);
        Assert.Equal(0, errors.Count);
        Assert.Equal(
            [("cloud", "http://host:8000/a?b=c"), ("edge", "grpc://host:8001/")], urls.Select(url => (url.Key, url.Value.AbsoluteUri)));
    }

    [Theory]
    [InlineData("cloud", "--forward cloud: has no '='; write NAME=URL.")]
    [InlineData("cloud=host", "--forward cloud=host: is no URL; write e.g. grpc://host:8001 or http://host:8000.")]
    [InlineData("cloud=", "--forward cloud=: is no URL; write e.g. grpc://host:8001 or http://host:8000.")]
    [InlineData("edge=grpc://a", "--forward edge=grpc://a: names the tier 'edge' a second time; give each tier one URL.")]
    public void What_is_no_url_or_comes_twice_is_said(string given, string sentence)
    {
        var (urls, errors) = (new Dictionary<string, Uri> { ["edge"] = new("grpc://b") }, new InputErrors());
        TierUrl.Add(urls, "--forward", given, errors);
        Assert.Equal(sentence, Assert.Throws<InputException>(errors.ThrowIfAny).Message);
    }
}

using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Dimec.Reporting.Tests.Studies;

namespace Dimec.Reporting.Tests;

/// <summary>
/// Holds the sentences in the <c>.resx</c> files to the code that says them. The compiler holds that a sentence which is said is there, and
/// that a call which names its arguments names places of the sentence.
/// </summary>
public sealed partial class SentencesTests
{
    /// <summary>A text of so many words in the code is a sentence, and belongs to the others.</summary>
    private const int Words = 8;

    private static readonly string s_project = Path.Combine(Repository.Root, "src", "Dimec.Reporting");

    private static readonly Dictionary<string, string> s_code = Directory.EnumerateFiles(s_project, "*.cs", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(s_project, path))
        .Where(path => path.Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))
        .ToDictionary(path => path, path => File.ReadAllText(Path.Combine(s_project, path)));

    /// <summary>Every file of sentences, by its path in the project.</summary>
    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(s_project, "*.resx", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(s_project, path))
            .Order()];

    [Fact]
    public void There_are_sentences_and_code_that_says_them()
    {
        Assert.Contains("HeadlineSentences.resx", Files.Select(row => row.Data));
        Assert.Contains("Headline.cs", s_code.Keys);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_assembly_carries_each_sentence_as_its_file_has_it(string file) => Assert.All(
        Sentences(file), sentence => Assert.Equal(sentence.Text, Accessor(file).GetProperty(sentence.Key)!.GetValue(null)));

    [Theory]
    [MemberData(nameof(Files))]
    public void Each_sentence_is_said_somewhere_with_its_places_filled(string file) => Assert.All(Sentences(file), sentence =>
    {
        var said = Regex.Escape($"{Accessor(file).Name}.{(Places(sentence.Text).Length > 0 ? "Format" : "")}{sentence.Key}");
        Assert.Contains(s_code.Values, code => Regex.IsMatch(code, $@"\b{said}\b"));
    });

    [Theory]
    [MemberData(nameof(Files))]
    public void Each_place_has_a_name_and_takes_what_is_put_there(string file) => Assert.All(Sentences(file), sentence =>
    {
        Assert.Equal(sentence.Text.Trim(), sentence.Text);
        Assert.DoesNotContain(Place().Replace(sentence.Text, ""), sign => sign is '{' or '}');
        var places = Places(sentence.Text);
        if (places.Length == 0)
            return;
        var method = Accessor(file).GetMethod($"Format{sentence.Key}", BindingFlags.Static | BindingFlags.NonPublic)!;
        Assert.Equal(places, method.GetParameters().Select(parameter => parameter.Name!));
        Assert.Equal(Place().Replace(sentence.Text, "<$1>"), method.Invoke(null, [.. places.Select(place => $"<{place}>")]));
    });

    /// <summary>
    /// The generated methods take their arguments in the order of the sentence:
    /// without names, a sentence put in another order would mix them up.
    /// </summary>
    [Fact]
    public void Who_says_a_sentence_names_what_goes_where() => Assert.All(
        s_code, file =>
            Assert.All(Call().Matches(file.Value), call => Assert.Matches(@"^\s*[a-z]\w*:\s", file.Value[(call.Index + call.Length)..])));

    [Fact]
    public void No_sentence_of_a_report_stands_in_the_code() => Assert.All(
        s_code, file => Assert.DoesNotContain(
            Thrown().Replace(file.Value, "").Split('\n').Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)),
            line => Literal().Matches(line).Any(literal => Word().Count(literal.Value) >= Words)));

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public void A_report_is_the_same_in_every_culture(string name)
    {
        var (run, study) = (MadeReport.Of(), MadeStudy.Of());
        var (culture, language, expected) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture, Report());
        try
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (new CultureInfo(name), new CultureInfo(name));
            Assert.Equal(expected, Report());
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, language);
        }

        string Report()
        {
            using var writer = new StringWriter { NewLine = "\n" };
            HtmlReport.Write(run, writer);
            return writer + StudyPages.Text(study);
        }
    }

    private static IEnumerable<(string Key, string Text)> Sentences(string file) =>
        XDocument.Load(Path.Combine(s_project, file)).Root!
            .Elements("data")
            .Select(data => ((string)data.Attribute("name")!, data.Element("value")!.Value));

    private static Type Accessor(string file) =>
        typeof(HtmlReport).Assembly.GetType(
            $"Dimec.Reporting.{Path.ChangeExtension(file, null).Replace(Path.DirectorySeparatorChar, '.')}", throwOnError: true)!;

    private static string[] Places(string text) => [.. Place().Matches(text).Select(place => place.Groups[1].Value).Distinct()];

    [GeneratedRegex(@"\{([a-z][A-Za-z]*)\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"\b\w+(Sentences|Captions)\.Format\w+\(")]
    private static partial Regex Call();

    [GeneratedRegex(@"""(?:[^""\\]|\\.)*""")]
    private static partial Regex Literal();

    [GeneratedRegex(@"throw new (?:""(?:[^""\\]|\\.)*""|[^"";])*;")]
    private static partial Regex Thrown();

    [GeneratedRegex(@"(?<=[ ""])[A-Za-z']+(?=[ "".,:;])")]
    private static partial Regex Word();
}

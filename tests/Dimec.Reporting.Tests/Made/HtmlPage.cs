using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Dimec.Reporting.Tests.Made;

/// <summary>Reports as tests read them.</summary>
internal static class HtmlPage
{
    public static string Write(ReportInputs inputs)
    {
        using var stream = new MemoryStream();
        HtmlReport.Write(inputs, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static string Write() => Write(MadeReport.Of());

    public static XElement Parse(string html)
    {
        using var reader = XmlReader.Create(new StringReader(html), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XElement.Load(reader);
    }

    public static string TextOf(XElement element) => element.Value.Replace('\u00a0', ' ');

    public static IEnumerable<XElement> All(this XElement root, string name) => root.Descendants().Where(e => e.Name.LocalName == name);

    public static bool HasClass(this XElement element, string name) =>
        ((string?)element.Attribute("class"))?.Split(' ').Contains(name) == true;
}

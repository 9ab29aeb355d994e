namespace Dimec.Text;

/// <summary>Writes chosen rows of the training data back in the form that they were read in.</summary>
internal interface IRowSource
{
    void Write(IEnumerable<string> guids, Stream output);
}

namespace Dimec.Planning.Promises.Procedures;

/// <summary>The procedures by their names; a new one is its class and an entry here.</summary>
public static class PromiseProcedures
{
    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<IPromiseProcedure> All { get; } = [new FixedSequence(), new SplitSequence(), new MultiStart(), new Holm()];

    /// <summary>The procedure of a name; null where none has it.</summary>
    public static IPromiseProcedure? Find(string name) => All.FirstOrDefault(procedure => procedure.Name == name);
}

namespace Dimec.Text.Tokenization.Files;

/// <summary>
/// The added tokens of a tokenizer, put together from one file after another as Hugging Face does it, which counts their ids itself.
/// </summary>
internal sealed class AddedTokenList
{
    private const string Agree = "make the files agree, or save the tokenizer again with the model";
    private readonly IReadOnlyDictionary<string, int> _vocabulary;
    private readonly InputErrors _errors;
    private readonly List<AddedToken> _tokens = [];
    private readonly Dictionary<string, int> _places = [];
    private readonly int _largest;
    private int _next;

    /// <param name="vocabulary">The ids of the tokens that are no added ones.</param>
    /// <param name="errors">Gets what does not fit.</param>
    public AddedTokenList(IReadOnlyDictionary<string, int> vocabulary, InputErrors errors)
    {
        (_vocabulary, _errors) = (vocabulary, errors);
        _largest = vocabulary.Count > 0 ? vocabulary.Values.Max() : -1;
        _next = vocabulary.Count;
    }

    /// <summary>The tokens with their ids, in the order in which they were added.</summary>
    public IReadOnlyList<AddedToken> Tokens => _tokens;

    /// <summary>The id of a token, be it added or in the vocabulary; null where it is neither.</summary>
    public int? IdOf(string content) =>
        _places.TryGetValue(content, out var place) ? _tokens[place].Id : _vocabulary.TryGetValue(content, out var id) ? id : null;

    /// <summary>
    /// Adds a token. One that is there already takes the new one's flags; one of the vocabulary keeps its id; another gets the next that is
    /// free, whatever its file says.
    /// </summary>
    /// <param name="token">The token; its own id is not read.</param>
    /// <param name="where">What errors call its place.</param>
    /// <returns>Its id.</returns>
    public int Add(AddedToken token, string where)
    {
        if (token.Content.Length == 0)
            return -1;
        if (_places.TryGetValue(token.Content, out var index))
        {
            _tokens[index] = token with { Id = _tokens[index].Id };
            return _tokens[index].Id;
        }

        if (!_vocabulary.TryGetValue(token.Content, out var id))
        {
            if (_largest >= _vocabulary.Count)
            {
                _errors.Add(
                    where,
                    $"adds \"{token.Content}\" to a vocabulary whose {_vocabulary.Count} tokens have ids "
                    + $"up to {_largest}, where its id would depend on the library's version",
                    "number the vocabulary without gaps");
            }

            id = _next;
        }

        _next = Math.Max(_next, id + 1);
        _places.Add(token.Content, _tokens.Count);
        _tokens.Add(token with { Id = id });
        return id;
    }

    /// <summary>Adds tokens whose file states their ids, which must be those that they get.</summary>
    /// <param name="tokens">The tokens with the stated ids.</param>
    /// <param name="where">What errors call their place.</param>
    public void AddStated(IEnumerable<AddedToken> tokens, string where)
    {
        foreach (var token in tokens)
        {
            if (Add(token, where) is >= 0 and var id && id != token.Id)
                _errors.Add(where, $"gives \"{token.Content}\" the id {token.Id}, where it gets {id}", Agree);
        }
    }

    /// <summary>Holds tokens whose file counts for nothing beside the others against what the others say.</summary>
    /// <param name="tokens">The tokens with the stated ids.</param>
    /// <param name="where">What errors call their place.</param>
    /// <param name="others">The file that counts.</param>
    public void CheckStated(IEnumerable<AddedToken> tokens, string where, string others)
    {
        foreach (var token in tokens)
        {
            if (IdOf(token.Content) is not { } id)
                _errors.Add(where, $"adds \"{token.Content}\", which {others} does not", Agree);
            else if (id != token.Id)
                _errors.Add(where, $"gives \"{token.Content}\" the id {token.Id}, where {others} has {id}", Agree);
        }
    }

    /// <summary>Adds the special tokens that are not there, and marks those that are.</summary>
    public void AddSpecial(IEnumerable<AddedToken> tokens, string where)
    {
        foreach (var token in tokens)
        {
            if (!_places.TryGetValue(token.Content, out var index))
                Add(token, where);
            else
                _tokens[index] = _tokens[index] with { Special = true };
        }
    }

    /// <summary>Refuses two tokens that are looked for as the same text.</summary>
    /// <param name="normalize">What the normaliser makes of a text.</param>
    /// <param name="where">What errors call their place.</param>
    public void RefuseAlike(Func<string, string> normalize, string where)
    {
        foreach (var alike in _tokens
            .Where(token => token.Normalized)
            .GroupBy(token => normalize(token.Content))
            .Where(group => group.Count() > 1))
        {
            _errors.Add(
                where,
                $"has the added tokens {string.Join(" and ", alike.Select(token => $"\"{token.Content}\""))}, "
                + "which are the same when texts are normalised",
                "remove one of them, or set its \"normalized\" to false");
        }
    }
}

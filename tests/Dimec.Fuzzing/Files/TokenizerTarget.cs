using System.Text;
using Dimec.Fuzzing.Made;
using Dimec.Fuzzing.Mutation;
using Dimec.Testing;
using Dimec.Testing.Bundles;
using Dimec.Text;

namespace Dimec.Fuzzing.Files;

/// <summary>A tokenizer's files in all their combinations; what is taken has to encode, and to be written and read again.</summary>
internal sealed class TokenizerTarget() : FolderTarget(new Dictionary<string, Func<Random, byte[]>>
{
    [Json] = FolderTarget.Json(s_json),
    ["vocab.txt"] = random => LineMutator.Mutate(random, TinyBundle.Vocabulary, ' '),
    ["tokenizer_config.json"] = FolderTarget.Json(Documents.TokenizerConfig),
    ["special_tokens_map.json"] = FolderTarget.Json(Documents.SpecialTokens),
    ["added_tokens.json"] = FolderTarget.Json(Documents.AddedTokens),
})
{
    private new const string Json = "tokenizer.json";

    private static readonly string s_json = TextFiles.Written(TinyBundle.Tokenizer().WriteTokenizerJson);

    public override string Name => "tokenizer";

    public override string What => "tokenizer.json, vocab.txt and the files beside them";

    public override double Share => 2;

    public override Verdict Run(byte[] input)
    {
        var files = FileSet.Unpack(input);
        try
        {
            var tokenizer = WordPieceTokenizer.FromFiles(new TokenizerFileSet
            {
                Folder = "made",
                TokenizerJson = files.TryGetValue(Json, out var json) ? json : default,
                Vocabulary = files.TryGetValue("vocab.txt", out var vocabulary) ? vocabulary : Encoding.UTF8.GetBytes(
                    TinyBundle.Vocabulary),
                TokenizerConfig = files.GetValueOrDefault("tokenizer_config.json"),
                SpecialTokensMap = files.GetValueOrDefault("special_tokens_map.json"),
                AddedTokens = files.GetValueOrDefault("added_tokens.json"),
            });
            Encodes(tokenizer);
            var written = TextFiles.Written(tokenizer.WriteTokenizerJson);
            var again = WordPieceTokenizer.FromTokenizerJson(TextFiles.Stream(written));
            if (TextFiles.Written(again.WriteTokenizerJson) != written)
                throw new BrokenPromiseException("what was taken and written is another tokenizer when it is read again");
            return Verdict.Accepted;
        }
        catch (InputException wrong)
        {
            Sentences.Check(wrong);
            return IsWellFormed(files) ? Verdict.Refused : Verdict.Malformed;
        }
    }

    private static void Encodes(WordPieceTokenizer tokenizer)
    {
        var longest = Math.Max(8, tokenizer.SpecialTokenCount(pair: true) + 2);
        foreach (var pair in (string?[])[null, "the plot <x>"])
        {
            var encoded = tokenizer.Encode("The film [SEP] is not-good ünd \U0001F600 <x>", pair, longest);
            if (encoded.Ids.Length > longest || encoded.Ids.Any(id => id < 0 || id >= tokenizer.VocabularySize))
                throw new BrokenPromiseException($"a text has the tokens {string.Join(' ', encoded.Ids)}");
        }
    }
}

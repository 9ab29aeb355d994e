using System.Globalization;
using Dimec.Inference;

// A client program as small as one can be: `BUNDLE TEXT [TIER=ADDRESS…]` prints the answer.
// measure.sh publishes it trimmed and native and measures it.
if (args.Length < 2)
{
    Console.Error.WriteLine("usage: BUNDLE TEXT [TIER=ADDRESS…]");
    return 2;
}

var bundle = Bundle.OpenLocal(args[0]);
var tiers = args[2..].Select(tier => tier.Split('=', 2)).ToDictionary(tier => tier[0], tier => new Uri(tier[1]));
await using var client = await DimecClient.ConnectAsync(bundle, tiers);
var answer = await client.ClassifyAsync(args[1]);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{answer.Label}\t{answer.Confidence:R}\t{answer.Tier}"));
return 0;

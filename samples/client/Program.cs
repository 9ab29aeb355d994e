// Classifies a text on the smallest tier that the bundle's plan finds fit, here or at an address:
//   dotnet run --project samples/client -- bundle "a text to classify" edge=grpc://edge-host:8001 cloud=grpc://cloud-host:8001
using Dimec;
using Dimec.Inference;

if (args is not [var folder, var text, .. var addresses])
{
    Console.Error.WriteLine("usage: BUNDLE TEXT [TIER=ADDRESS…]");
    return 2;
}

try
{
    var bundle = Bundle.OpenLocal(folder);
    var tiers = addresses.Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => new Uri(pair[^1]));
    await using var client = await DimecClient.ConnectAsync(bundle, tiers);
    var answer = await client.ClassifyAsync(text);
    Console.WriteLine($"{answer.Label}, {answer.Confidence:P1} sure, from {answer.Tier} at a cost of {answer.Cost}");
    foreach (var failure in answer.Failures)
        Console.Error.WriteLine(failure.Sentence);
    return 0;
}
catch (InputException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 2;
}

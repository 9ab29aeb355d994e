// dotnet run --project samples/own-policy RUN
return OwnPolicy.Sample.Run(args[0], Console.Out);

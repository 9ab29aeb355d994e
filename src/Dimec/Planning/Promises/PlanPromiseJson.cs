using System.Text.Json;
using Dimec.Json;

namespace Dimec.Planning.Promises;

/// <summary>
/// The JSON of <see cref="PlanPromise"/>: a claim about the drop is the object itself, and further claims stand in an array.
/// </summary>
internal static class PlanPromiseJson
{
    private const string FurtherKey = "claims";

    public static PlanPromise? Read(JsonObjectReader json)
    {
        if (!json.Has("promise") || json.Object("promise") is not { IsObject: true } inner)
            return null;
        var claims = new List<PromisedClaim>();
        if (inner.Has("maxDrop") || inner.Has("bound") || !inner.Has(FurtherKey))
            claims.Add(ReadClaim(inner, "maxDrop"));
        foreach (var further in inner.Objects(FurtherKey, required: false))
        {
            claims.Add(ReadClaim(further, "limit"));
            further.NoOtherKeys();
        }

        var promise = new PlanPromise(inner.Number("confidence") ?? 0, inner.Integer("n") ?? 0, claims)
        {
            Reference = inner.Has("reference") ? inner.String("reference") : null,
            Procedure = inner.Has("procedure") ? inner.String("procedure") : null,
            Plans = inner.Has("plans") ? inner.Integer("plans") : null,
            Cost = inner.Has("cost") ? inner.Number("cost") : null,
            Next = inner.Has("next") && inner.Object("next") is { IsObject: true } next ? ReadNext(next) : null,
        };
        inner.NoOtherKeys();
        Check(inner, promise);
        return promise;
    }

    /// <summary>What a missing key is taken for has its error already.</summary>
    private static void Check(JsonObjectReader json, PlanPromise promise)
    {
        if (json.Has("confidence") && promise.Confidence is not (> 0 and < 1))
            json.Problem("confidence", FormattableString.Invariant($"is {promise.Confidence}"), "give a fraction over 0 and under 1");
        foreach (var claim in promise.Claims.Where(claim => claim.Lost < 0 || claim.Lost > promise.N))
            json.Problem("n", $"is {promise.N}, and {claim.Lost} of these samples lost", "give 0 or more that lost, of all that there are");
    }

    public static void Write(Utf8JsonWriter json, PlanPromise? promise)
    {
        if (promise is null)
        {
            json.WriteNull("promise");
            return;
        }

        json.WriteStartObject("promise");
        if (promise.Drop is { } drop)
            WriteClaim(json, drop, "maxDrop");
        json.WriteNumber("confidence", promise.Confidence);
        json.WriteNumber("n", promise.N);
        if (promise.Reference is { } reference)
            json.WriteString("reference", reference);
        if (promise.Procedure is { } procedure)
            json.WriteString("procedure", procedure);
        if (promise.Plans is { } plans)
            json.WriteNumber("plans", plans);
        if (promise.Cost is { } cost)
            json.WriteNumber("cost", cost);
        if (promise.Next is { } next)
            WriteNext(json, next);
        PromisedClaim[] further = [.. promise.Claims.Where(claim => claim != promise.Drop)];
        if (further.Length > 0)
        {
            json.WriteStartArray(FurtherKey);
            foreach (var claim in further)
            {
                json.WriteStartObject();
                WriteClaim(json, claim, "limit");
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static PromisedClaim ReadClaim(JsonObjectReader json, string limitKey) => new(
        // A maker that names no loss means the drop itself.
        ReadChoice(json, "loss", PromiseLoss.Paired), json.Number(limitKey) ?? 0, json.Number("bound") ?? 0, json.String("method"),
        ReadChoice(json, "scope", PromiseScope.All))
    {
        Lost = json.Has("lost") ? json.Integer("lost") : null,
        Gained = json.Has("gained") ? json.Integer("gained") : null,
        Group = json.Has("group") && json.Object("group") is { IsObject: true } group ? ReadGroup(group) : null,
        MaxCost = json.Has("maxCost") ? json.Number("maxCost") : null,
    };

    private static ClaimGroup ReadGroup(JsonObjectReader json)
    {
        var group = new ClaimGroup(json.Integer("n") ?? 0, json.Integer("lost") ?? 0, json.Has("gained") ? json.Integer("gained") ?? 0 : 0);
        json.NoOtherKeys();
        return group;
    }

    private static NextPlan ReadNext(JsonObjectReader json)
    {
        var next = new NextPlan(
            json.String("policy"), json.Number("cost") ?? 0, json.Has("needed") ? json.Integer("needed") : null,
            json.Number("attainable") ?? 0);
        json.NoOtherKeys();
        return next;
    }

    private static void WriteNext(Utf8JsonWriter json, NextPlan next)
    {
        json.WriteStartObject("next");
        json.WriteString("policy", next.Policy);
        json.WriteNumber("cost", next.Cost);
        if (next.Needed is { } needed)
            json.WriteNumber("needed", needed);
        json.WriteNumber("attainable", next.Attainable);
        json.WriteEndObject();
    }

    private static T ReadChoice<T>(JsonObjectReader json, string key, T usual)
        where T : struct, Enum => (json.Has(key) ? json.Choice<T>(key) : null) ?? usual;

    private static void WriteClaim(Utf8JsonWriter json, PromisedClaim claim, string limitKey)
    {
        json.WriteNumber(limitKey, claim.Limit);
        json.WriteNumber("bound", claim.Bound);
        json.WriteString("method", claim.Method);
        json.WriteString("loss", ChoiceNames.Of(claim.Loss));
        json.WriteString("scope", ChoiceNames.Of(claim.Scope));
        if (claim.Lost is { } lost)
            json.WriteNumber("lost", lost);
        if (claim.Gained is { } gained)
            json.WriteNumber("gained", gained);
        if (claim.Group is { } group)
            WriteGroup(json, group);
        if (claim.MaxCost is { } maxCost)
            json.WriteNumber("maxCost", maxCost);
    }

    private static void WriteGroup(Utf8JsonWriter json, ClaimGroup group)
    {
        json.WriteStartObject("group");
        json.WriteNumber("n", group.N);
        json.WriteNumber("lost", group.Lost);
        // Left out where none is, or none is counted.
        if (group.Gained > 0)
            json.WriteNumber("gained", group.Gained);
        json.WriteEndObject();
    }
}

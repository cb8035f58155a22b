using CsCheck;
using Interop.Core.Json;
using Interop.Core.Workflows;

namespace Interop.Core.Tests.Workflows;

/// <summary>Definitions made of random choices: always well-formed, and each that waits only for calls, timers and the events "a" and "b" can come to an end.</summary>
sealed class RandomDefinition
{
    const int Deepest = 3;

    readonly int[] choices;
    int at;
    int names;

    RandomDefinition(int[] choices) => this.choices = choices;

    public static Gen<Workflow> Workflows { get; } = Gen.Int[0, 999].Array[20, 120].Select(choices => Play.Load(new RandomDefinition(choices).Text(), Play.Everything));

    string Text()
    {
        var definition = JsonValue.Of(
            ("document", JsonValue.Of(("dsl", "1.0.3"), ("namespace", "tests"), ("name", "random"), ("version", "1.0.0"))),
            ("use", JsonValue.Of(
                ("functions", JsonValue.Of(("own", JsonValue.Of(("do", List(Deepest - 1)))))),
                ("extensions", Chance(4) ? JsonValue.Of(JsonValue.Of(("around", JsonValue.Of(("extend", OneOf("all", "set", "call", "composite")), (OneOf("before", "after"), List(Deepest)))))) : JsonValue.EmptyArray))),
            ("do", List(0)));
        return (Chance(6) ? definition.With("timeout", JsonValue.Of(("after", "PT2H"))) : definition).ToString();
    }

    // The choices run out, and then the smallest is taken: so every definition is finite.
    int Next(int count) => at < choices.Length ? choices[at++] % count : 0;

    bool Chance(int of) => Next(of) == of - 1;

    string OneOf(params string[] texts) => texts[Next(texts.Length)];

    JsonValue List(int depth)
    {
        var count = 1 + Next(3);
        var written = Enumerable.Range(0, count).Select(_ => $"t{names++}").ToArray();
        return JsonValue.Of(written.Select((name, place) => JsonValue.Of((name, Task(depth, written[place..])))));
    }

    JsonValue Task(int depth, string[] following)
    {
        var task = Next(depth >= Deepest ? 9 : 15) switch
        {
            0 => JsonValue.Of(("set", "${ (objects // {}) + { n: ((.n? // 0) + 1) } }")),
            1 => JsonValue.Of(("wait", OneOf("PT1S", "PT0S", "PT1H"))),
            2 or 3 => JsonValue.Of(("call", "lookup"), ("with", JsonValue.Of(("record", "${ . }")))),
            4 => JsonValue.Of(("call", "http"), ("with", JsonValue.Of(("method", "get"), ("endpoint", "https://a.example")))),
            5 => JsonValue.Of(("emit", JsonValue.Of(("event", JsonValue.Of(("with", JsonValue.Of(("source", "/t"), ("type", "told"), ("data", "${ . }")))))))),
            6 => JsonValue.Of(("listen", JsonValue.Of(("to", Events())))),
            7 => JsonValue.Of(("switch", JsonValue.Of(JsonValue.Of(("some", JsonValue.Of(("when", OneOf(".n? != null", "false", "true")), ("then", OneOf([.. following[1..], "continue", "exit"]))))))), ("then", "continue")),
            8 => JsonValue.Of(("run", JsonValue.Of(("workflow", JsonValue.Of(("namespace", "tests"), ("name", "other"), ("version", "1.0.0"))), ("await", !Chance(3))))),
            9 => JsonValue.Of(("do", List(depth + 1))),
            10 => JsonValue.Of(("for", JsonValue.Of(("in", OneOf("[1, 2]", "[]", "[range(3)]")))), ("do", List(depth + 1))),
            11 => JsonValue.Of(("fork", JsonValue.Of(("branches", Branches(depth + 1)), ("compete", Chance(2))))),
            12 => JsonValue.Of(("try", List(depth + 1)), ("catch", Catch(depth + 1))),
            13 => JsonValue.Of(("listen", JsonValue.Of(("to", Events()))), ("foreach", JsonValue.Of(("item", "event"), ("do", List(depth + 1))))),
            _ => depth == 0 ? JsonValue.Of(("call", "own")) : JsonValue.Of(("set", JsonValue.Of(("n", Next(5))))),
        };
        if (Chance(5)) task = task.With("timeout", JsonValue.Of(("after", OneOf("PT30M", "PT2S"))));
        if (Chance(6)) task = task.With("if", OneOf("true", ".n? == 1"));
        if (Chance(6)) task = task.With("export", JsonValue.Of(("as", "{ seen: . }")));
        if (Chance(8)) task = task.With("output", JsonValue.Of(("as", OneOf(". ", "{ n: 1 }", "$context.seen"))));
        return task;
    }

    JsonValue Branches(int depth) => JsonValue.Of(Enumerable.Range(0, 1 + Next(3)).Select(_ => JsonValue.Of(($"t{names++}", Task(depth, [""])))));

    JsonValue Events()
    {
        var (a, b) = (JsonValue.Of(("with", JsonValue.Of(("type", "a")))), JsonValue.Of(("with", JsonValue.Of(("type", "b")))));
        return Next(4) switch
        {
            0 => JsonValue.Of(("one", a)),
            1 => JsonValue.Of(("any", JsonValue.Of(a, b))),
            2 => JsonValue.Of(("all", JsonValue.Of(a, b))),
            _ => JsonValue.Of(("any", JsonValue.Of(a)), ("until", JsonValue.Of(("one", b)))),
        };
    }

    JsonValue Catch(int depth)
    {
        var caught = Chance(2) ? JsonValue.Of(("errors", JsonValue.Of(("with", JsonValue.Of(("status", 503)))))) : JsonValue.EmptyObject;
        if (!Chance(2)) caught = caught.With("retry", Retry());
        return Chance(2) ? caught.With("do", List(depth)) : caught;
    }

    JsonValue Retry()
    {
        var attempt = JsonValue.Of(("count", 1 + Next(3)));
        if (Chance(2)) attempt = attempt.With("duration", "PT30S");
        var retry = JsonValue.Of(("delay", "PT1M"), ("backoff", JsonValue.Of((OneOf("constant", "linear", "exponential"), JsonValue.EmptyObject))), ("limit", JsonValue.Of(("attempt", attempt), ("duration", OneOf("PT1H", "PT2M")))));
        return Chance(3) ? retry.With("jitter", JsonValue.Of(("from", "PT1S"), ("to", "PT9S"))) : retry;
    }
}

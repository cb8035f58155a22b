using Interop.Core.Sources;

namespace Interop.Core.Workflows.Loading;

/// <summary>What the loader says: each sentence names what is wrong and the remedy.</summary>
static class LoadMessages
{
    public static void UnknownTask(this ProblemList problems, Place place, string name, IEnumerable<string> written, string[] kinds)
    {
        var meant = written.Select(word => Spelling.Nearest(word, kinds)).FirstOrDefault(word => word is not null);
        problems.Add(place, "unknown-task", $"The task \"{name}\" does nothing known. {(meant is null ? $"Give it one of: {string.Join(", ", kinds.Order(StringComparer.Ordinal))}." : $"Did you mean \"{meant}\"?")}", value: name);
    }

    public static void UnknownName(this ProblemList problems, Place place, string rule, string what, string name, IEnumerable<string> known, string remedy)
    {
        var names = known.ToArray();
        var meant = Spelling.Nearest(name, names);
        problems.Add(place, rule, $"There is no {what} \"{Problem.Preview(name)}\". {(meant is not null ? $"Did you mean \"{meant}\"?" : names.Length == 0 ? remedy : $"Known are: {string.Join(", ", names.Order(StringComparer.Ordinal))}.")}", value: name);
    }

    public static void NotSupported(this ProblemList problems, Place place, string what, string remedy) =>
        problems.Add(place, "not-supported", $"{what} is not supported here. {remedy}");

    public static void RefusedByPolicy(this ProblemList problems, Place place, string task, string what) =>
        problems.Add(place, "refused-by-policy", $"The task \"{task}\" would run a {what}: a hosted service runs no tenant code. Call a function or a system instead.");

    public static void NoSecrets(this ProblemList problems, Place place) =>
        problems.Add(place, "secrets", "$secrets is not given to expressions: a secret must not get into a run's state. Let it stand alone as ${ $secrets.name } in the arguments of call: http or openapi, or name a system; its definition holds the secret.");

    public static void NotAnExpression(this ProblemList problems, SourceNode node, string what) =>
        problems.Add(node.Place, "expression", $"{what} must be an expression, but {node.KindName} stands here. Write it as text, such as .status == \"open\".");

    public static void LooksLikeExpression(this ProblemList problems, Place place, string text) =>
        problems.Add(place, "expression", $"\"expect\" is compared as the constant \"{Problem.Preview(text)}\", which looks like an expression. Write it as ${{ … }}.", value: text);

    public static void OpenExpression(this ProblemList problems, Place place, string text) =>
        problems.Add(place, "expression", "The expression begins with ${ and does not end with }. Close it; nothing may stand behind it.", value: text);

    public static void EmbeddedExpression(this ProblemList problems, Place place, string text) =>
        problems.Add(place, "expression", "An expression ${ … } stands alone, not within a text. Write the whole text as one, such as ${ \"Hello \\(.name)\" }.", value: text);

    public static void ExactlyOne(this ProblemList problems, Place place, string what, IEnumerable<string> names) =>
        problems.Add(place, "one-of", $"{what} must have exactly one of: {string.Join(", ", names)}.");

    public static void WrongKind(this ProblemList problems, SourceNode node, string name, string wanted) =>
        problems.Add(node.Place, "type", $"\"{name}\" must be {wanted}, but {node.KindName} stands here.", value: (node as SourceScalar)?.Text);

    public static void NobodySends(this ProblemList problems, Place place, string name, string why, string value) =>
        problems.Add(place, "unsatisfiable", $"No event can ever fit: \"{name}\" {why}.", value: value);

    public static void WrongList(this ProblemList problems, Place place, string what) =>
        problems.Add(place, "task-list", $"{what} must be a list in which each item is one name with its definition: \"- name: …\".");

    public static void Empty(this ProblemList problems, Place place, string what) => problems.Add(place, "empty", $"{what} has no items. Add one or remove it.");

    public static void Duplicate(this ProblemList problems, Place place, string name) =>
        problems.Add(place, "duplicate-name", $"The name \"{name}\" stands twice in one list of tasks. Give each task its own name.", value: name);

    public static void NowhereToGo(this ProblemList problems, Place place, string from, string target, IEnumerable<string> known)
    {
        var meant = Spelling.Nearest(target, known.Concat(["continue", "exit", "end"]));
        problems.Add(place, "then", $"\"{from}\" goes on to \"{Problem.Preview(target)}\", which is no task of the same list. {(meant is null ? "Name one that is, or write continue, exit or end." : $"Did you mean \"{meant}\"?")}", value: target);
    }

    public static void ThenInFork(this ProblemList problems, Place place, string name) =>
        problems.Add(place, "then", $"\"{name}\" is a branch of a fork: branches run side by side, so it cannot go on to another. Put the tasks into one branch with do.", value: name);

    public static void Unreachable(this ProblemList problems, Place place, string name) =>
        problems.Add(place, "unreachable", $"No way leads to the task \"{name}\". Remove it, or name it in a \"then\".", value: name);

    public static void CallsItself(this ProblemList problems, Place place, string name) =>
        problems.Add(place, "recursion", $"The function \"{name}\" calls itself, directly or through another. Use a loop (for, or then).", value: name);

    public static void CallsTooDeep(this ProblemList problems, Place place, string name, int most) =>
        problems.Add(place, "recursion", $"Functions call each other more than {most} deep below \"{name}\". Flatten them.", value: name);

    public static void WrongPattern(this ProblemList problems, Place place, string text, string reason) =>
        problems.Add(place, "pattern", $"This is no regular expression: {reason}", value: text);

    public static void WrongFormat(this ProblemList problems, Place place, string field, string value, string rule) =>
        problems.Add(place, "format", $"\"{field}\" {rule}.", value: value);
}

using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>Going into values, and keeping the path gone where one is asked for.</summary>
sealed partial class Evaluator
{
    // What most programs do most, members of objects with no path asked for, is done in one go.
    bool Field(JsonName[] names, bool optional)
    {
        if (!IsFollowing && Look(names, out var found))
        {
            current = found;
            return true;
        }

        if (optional) return Index(names[0].Text, optional: true);
        for (var i = 0; i < names.Length && !failed; i++) Index(names[i].Text, optional: false);
        return true;
    }

    // What is opened is asked for only once something large was met: most documents have no such object.
    bool Look(JsonName[] names, out JsonValue found)
    {
        var isThere = (opened is null ? current : Opened(current)).TryMember(names, out found, out var looked);
        if (looked == 0) return isThere;
        if (looked >= OpenedContainers.Few && opened is null) Opened(current);
        Reads(looked, found);
        return isThere;
    }

    bool Holds(MemberTest test)
    {
        if (!Look(test.Names, out var value))
        {
            value = current;
            for (var i = 0; i < test.Names.Length && !failed; i++) value = Paths.Get(this, value, test.Names[i].Text);
        }

        if (test.Operation is not null && !failed) value = test.Operation(this, value, test.Constant);
        return value.IsTruthy;
    }

    bool Index(JsonValue key, bool optional)
    {
        if (IsFollowing && !current.IsSame(path!.Reached))
        {
            Fail(Errors.InvalidAccess(key, current));
            return true;
        }

        var value = Paths.Get(this, current, key);
        return failed ? !optional || Skip() : Reach(key, value);
    }

    bool Slice(bool optional)
    {
        var to = Take();
        var from = Take();
        return Index(JsonValue.Of(("start", from), ("end", to)), optional);
    }

    bool Reach(JsonValue key, JsonValue value)
    {
        if (IsFollowing) path = new PathStep(key, path, value);
        current = value;
        return true;
    }

    // An optional access that failed is no output; a limit is no error and stays.
    bool Skip()
    {
        if (Problem is not null) return true;
        failed = false;
        return Backtrack();
    }

    bool Iterate(bool optional)
    {
        if (IsFollowing && !current.IsSame(path!.Reached))
        {
            Fail(Errors.InvalidIteration(current));
            return true;
        }

        if (current.Kind is not (JsonKind.Array or JsonKind.Object))
        {
            if (optional) return Backtrack();
            Fail(Errors.Iterate(current));
            return true;
        }

        if (current.Count == 0) return Backtrack();
        AddFork(ForkKind.Each, pc);
        forks[forkCount - 1].Source = current.Walk();
        return Backtrack();
    }

    void GetPath(JsonValue keys)
    {
        if (IsFollowing && !current.IsSame(path!.Reached)) Fail(Errors.InvalidPath(current));
        if (failed) return;
        var value = Paths.GetPath(this, current, keys);
        if (failed) return;
        if (IsFollowing)
            foreach (var key in keys.Items) path = new PathStep(key, path, value);
        current = value;
    }

    void PathBegin(int slot)
    {
        frame.Slots[slot].Detail = new Following(path, aside);
        (path, aside) = (new PathStep(default, null, current), 0);
    }

    void PathEnd(int slot)
    {
        if (!current.IsSame(path!.Reached))
        {
            Fail(Errors.InvalidPath(current));
            return;
        }

        current = path!.ToArray();
        if (Charge(16L * current.Count)) Spend((long)Prices.CompareSteps * current.Count);
        var outer = (Following)frame.Slots[slot].Detail!;
        (path, aside) = (outer.Path, outer.Aside);
    }
}

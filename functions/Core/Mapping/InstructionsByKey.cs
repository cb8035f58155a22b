using Interop.Core.Json;

namespace Interop.Core.Mapping;

// Groups between a list and an object whose members are its items: the name of a member is the item's key.
abstract partial record Instruction
{
    /// <summary>Each member of an object becomes an item of a list, with its name as the key.</summary>
    /// <param name="From">The object.</param>
    /// <param name="To">The list.</param>
    /// <param name="Key">The key, in the item.</param>
    /// <param name="Convert">From the name to the key.</param>
    /// <param name="Group">What is done for each.</param>
    public sealed record FromMembers(Route From, Route To, Route Key, Func<JsonValue, Converted> Convert, Each Group) : Instruction
    {
        protected override void Run(ReadScope read, WriteScope write, MappingRun run)
        {
            run.Trace?.Add(To, write, From, read, TraceKind.Group);
            var members = One(From, read, run);
            if (members.IsNull) return;
            if (members.Kind != JsonKind.Object)
            {
                run.Refuse("type", MappingMessages.NotMembers, From.Pointer(read), members);
                return;
            }

            foreach (var (name, value) in members.Members)
            {
                var item = new ReadScope(value, read, From, name: name);
                if (!Condition.Hold(Group.Tests, item)) continue;
                var target = To.NewItem(write);
                run.Writes++;
                var key = Convert(name);
                if (key.Rule is { } rule) run.Refuse(rule, key.Message!, item.Pointer, name);
                else run.Write(Key, target, key.Value);
                Group.Fill(item, target, run);
            }
        }
    }

    /// <summary>Each item of a list becomes a member of an object, named by its key.</summary>
    /// <param name="From">The list.</param>
    /// <param name="To">The object.</param>
    /// <param name="Key">The key, in the item.</param>
    /// <param name="Convert">From the key to the name.</param>
    /// <param name="Group">What is done for each.</param>
    public sealed record ToMembers(Route From, Route To, Route Key, Func<JsonValue, Converted> Convert, Each Group) : Instruction
    {
        protected override void Run(ReadScope read, WriteScope write, MappingRun run)
        {
            run.Trace?.Add(To, write, From, read, TraceKind.Group);
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (var item in From.Items(read).Where(item => Condition.Hold(Group.Tests, item)))
            {
                var key = One(Key, item, run);
                var name = key.IsNull ? Converted.Refused("key", MappingMessages.KeyMissing(Key.Text)) : Convert(key);
                if (name.Rule is null && Typed.TextOf(name.Value) is null) name = Converted.Refused("key", MappingMessages.NotText(name.Value.Kind));
                if (name.Rule is null && !names.Add(Typed.TextOf(name.Value)!)) name = Converted.Refused("key", MappingMessages.KeyTwice(Typed.TextOf(name.Value)!));
                if (name.Rule is { } rule)
                {
                    run.Refuse(rule, name.Message!, key.IsNull ? item.Pointer : Key.Pointer(item), key);
                    continue;
                }

                var member = To.Reach(write)!.Member(Typed.TextOf(name.Value)!);
                run.Writes++;
                Group.Fill(item, new WriteScope(member, write), run);
                if (member.IsEmpty) member.Set(JsonValue.EmptyObject);
            }
        }
    }
}

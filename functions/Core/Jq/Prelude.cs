using System.Collections.Frozen;

namespace Interop.Core.Jq;

/// <summary>A function written in jq; <paramref name="Inline"/> where each parameter is used at most once and it does not call itself.</summary>
sealed record LibraryFunction(Definition Definition, bool Inline);

/// <summary>The part of the language that can be written in it, mostly as in jq's own builtin.jq (MIT).</summary>
static class Prelude
{
    public static readonly FrozenDictionary<string, LibraryFunction> Definitions = Parser.ParseLibrary(Text)
        .ToFrozenDictionary(definition => definition.Signature, definition => new LibraryFunction(definition, CanInline(definition)), StringComparer.Ordinal);

    const string Text = """
        def error(msg): msg | error;
        def map(f): [.[] | f];
        def select(f): if f then . else empty end;
        def recurse(f): def r: ., (f | r); r;
        def recurse(f; cond): def r: ., (f | select(cond) | r); r;
        def recurse: recurse(.[]?);
        def values: select(. != null);
        def nulls: select(. == null);
        def booleans: select(type == "boolean");
        def numbers: select(type == "number");
        def strings: select(type == "string");
        def arrays: select(type == "array");
        def objects: select(type == "object");
        def iterables: select(type | . == "array" or . == "object");
        def scalars: select(type | . != "array" and . != "object");
        def isfinite: type == "number" and (isinfinite | not);
        def finites: select(isfinite);
        def normals: select(isnormal);
        def abs: if . < 0 then -. else . end;

        def sort_by(f): _sort_by(map([f]));
        def group_by(f): _group_by(map([f]));
        def unique_by(f): _unique_by(map([f]));
        def min_by(f): _min_by(map([f]));
        def max_by(f): _max_by(map([f]));
        def add(f): reduce f as $x (null; . + $x);

        def del(f): delpaths([path(f)]);
        def paths: path(..) | select(length > 0);
        def paths(f): path(.. | select(f)) | select(length > 0);
        def leaf_paths: paths(scalars);
        def pick(f): . as $in | reduce path(f) as $p (null; setpath($p; $in | getpath($p)));
        def _assign(paths; $value): reduce path(paths) as $p (.; setpath($p; $value));
        def _modify(paths; f): first(_modify_inside(paths; f), null);
        def _modify_inside(paths; f):
          reduce path(paths) as $p ([., []];
            . as [$value, $gone]
            | label $out
            | (($value | getpath($p) | f) as $new | [($value | setpath($p; $new)), $gone] | ., break $out),
              [$value, $gone + [$p]])
          | .[1] as $gone | .[0] | if $gone == [] then . elif any($gone[]; . == []) then empty else delpaths($gone) end;
        def _modify_one(path; f): path(path) as $p | label $out | ((getpath($p) | f) as $new | setpath($p; $new) | ., break $out), delpaths([$p]);
        def _modify_each(f):
          if type == "array" then [.[] | first(f)]
          elif type == "object" then [.[] | [first(f)]] as $values | _with_values($values)
          else .[] end;
        def _assign_one(path; $value): path(path) as $p | setpath($p; $value);
        def map_values(f): _modify_each(f);
        def from_entries:
          [.[] | [(.key // .Key // .k // .name // .Name // .K // null | if type == "string" then . elif . == null then "null" else tojson end),
                  (if has("value") then .value elif has("Value") then .Value else .v end)]]
          | _from_pairs;
        def with_entries(f): to_entries | map(f) | from_entries;
        def walk(f): def w: if type == "object" then map_values(w) elif type == "array" then map(w) else . end | f; w;
        def in(xs): . as $x | xs | has($x);
        def inside(xs): . as $x | xs | contains($x);

        def range($x): _range(0; $x; 1);
        def range($from; $upto): _range($from; $upto; 1);
        def range($from; $upto; $by): _range($from; $upto; $by);
        def while(cond; update): def _while: if cond then ., (update | _while) else empty end; _while;
        def until(cond; next): def _until: if cond then . else (next | _until) end; _until;
        def repeat(f): def _repeat: f, _repeat; _repeat;
        def limit($n; f):
          if $n > 0 then label $out | foreach f as $item ($n; . - 1; $item, if . <= 0 then break $out else empty end)
          elif $n == 0 then empty
          else error("limit doesn't support negative count") end;
        def skip($n; f):
          if $n > 0 then foreach f as $item ($n; . - 1; if . < 0 then $item else empty end)
          elif $n == 0 then f
          else error("skip doesn't support negative count") end;
        def first: .[0];
        def last: .[-1];
        def nth($n): .[$n];
        def first(f): label $out | f | ., break $out;
        def last(f): reduce f as $x ([]; [$x]) | .[];
        def nth($n; f): if $n < 0 then error("nth doesn't support negative indices") else first(skip($n; f)) end;
        def isempty(f): label $out | (f | false, break $out), true;
        def all(f; cond): isempty(f | cond and empty);
        def any(f; cond): isempty(f | cond or empty) | not;
        def all(f): all(.[]; f);
        def any(f): any(.[]; f);
        def all: all(.[]; .);
        def any: any(.[]; .);
        def flatten: _flatten(-1);
        def flatten($depth): if $depth < 0 then error("flatten depth must not be negative") else _flatten($depth) end;
        def transpose: [range(0; map(length) | max // 0) as $i | [.[][$i]]];
        def combinations:
          if length == 0 then [] else .[0][] as $x | (.[1:] | combinations) as $rest | [$x] + $rest end;
        def combinations(n): . as $dot | [range(n) | $dot] | combinations;

        def indices($i):
          if type == "array" and ($i | type) == "array" then .[$i]
          elif type == "array" then .[[$i]]
          elif type == "string" and ($i | type) == "string" then _strindices($i)
          else .[$i] end;
        def index($i): indices($i) | .[0];
        def rindex($i): indices($i) | .[-1:][0];
        def trimstr($x): ltrimstr($x) | rtrimstr($x);

        def _flags(f):
          . as $in | f | type as $type
          | if $type == "string" then [., null]
            elif $type == "array" and length > 1 then .
            elif $type == "array" and length > 0 then [.[0], null]
            else error($type + " not a string or array") end;
        def match(re; flags): _match(re; flags; false) | .[];
        def match($re): _flags($re) as [$p, $f] | match($p; $f);
        def test(re; flags): _match(re; flags; true);
        def test($re): _flags($re) as [$p, $f] | test($p; $f);
        def _named: reduce (.captures[] | select(.name != null)) as $c ({}; .[$c.name] = $c.string);
        def capture(re; flags): match(re; flags) | _named;
        def capture($re): match($re) | _named;
        def scan($re; $flags): match($re; "g" + $flags) | if (.captures | length) > 0 then [.captures[].string] else .string end;
        def scan($re): scan($re; null);
        def splits($re; $flags):
          .[foreach (match($re; $flags + "g"), null) as {$offset, $length} (null; {start: .next, end: $offset, next: ($offset + $length)})];
        def splits($re): splits($re; null);
        def split($re; $flags): [splits($re; $flags)];
        def sub($re; f; $flags):
          . as $in
          | (reduce match($re; $flags) as $edit ({result: [], previous: 0};
               $in[.previous:($edit | .offset)] as $gap
               | [$edit | _named | f] as $inserts
               | reduce range(0; $inserts | length) as $i (.; .result[$i] += $gap + $inserts[$i])
               | .previous = ($edit | .offset + .length))
             | .result[] + $in[.previous:])
            // $in;
        def sub($re; f): sub($re; f; "");
        def gsub($re; f; $flags): sub($re; f; $flags + "g");
        def gsub($re; f): sub($re; f; "g");

        def todateiso8601: strftime("%Y-%m-%dT%H:%M:%SZ");
        def fromdateiso8601: strptime("%Y-%m-%dT%H:%M:%SZ") | mktime;
        def todate: todateiso8601;
        def fromdate: fromdateiso8601;
        def date: todate;
        def dateadd(u; n): . + n;
        def datesub(u; n): . - n;

        def tostream:
          path(def r: (.[]? | r), .; r) as $p | getpath($p) | reduce path(.[]?) as $q ([$p, .]; [$p + $q]);
        def fromstream(f): {x: null, e: false} as $init
          | foreach f as $i ($init;
              if .e then $init else . end
              | if $i | length == 2
                then setpath(["e"]; $i[0] | length == 0) | setpath(["x"] + $i[0]; $i[1])
                else setpath(["e"]; $i[0] | length == 1) end;
              if .e then .x else empty end);
        def truncate_stream(stream): . as $n | null | stream | . as $input | if (.[0] | length) > $n then setpath([0]; $input[0][$n:]) else empty end;
        def debug(msgs): .;

        def INDEX(stream; f): reduce stream as $row ({}; .[$row | f | tostring] = $row);
        def INDEX(f): INDEX(.[]; f);
        def JOIN($idx; f): [.[] | [., $idx[f]]];
        def JOIN($idx; stream; f): stream | [., $idx[f]];
        def JOIN($idx; stream; f; join): stream | [., $idx[f]] | join;
        def IN(s): any(s == .; .);
        def IN(src; s): any(src == s; .);
        """;

    static bool CanInline(Definition definition)
    {
        var calls = Calls(definition.Body).ToList();
        return !calls.Contains(definition.Signature, StringComparer.Ordinal)
            && definition.Parameters.All(parameter => calls.Count(call => call == parameter.TrimStart('$') + "/0") + (parameter[0] == '$' ? 1 : 0) <= 1);
    }

    static IEnumerable<string> Calls(Node? node) => node switch
    {
        null => [],
        CallNode call => call.Arguments.SelectMany(Calls).Prepend(call.Signature),
        PipeNode n => Calls(n.Left).Concat(Calls(n.Right)),
        CommaNode n => Calls(n.Left).Concat(Calls(n.Right)),
        BinaryNode n => Calls(n.Left).Concat(Calls(n.Right)),
        LogicNode n => Calls(n.Left).Concat(Calls(n.Right)),
        UpdateNode n => Calls(Updates.ToCalls(n)),
        AlternativeNode n => Calls(n.Left).Concat(Calls(n.Right)),
        IndexNode n => Calls(n.Target).Concat(Calls(n.Key)),
        SliceNode n => Calls(n.Target).Concat(Calls(n.From)).Concat(Calls(n.To)),
        IterateNode n => Calls(n.Target),
        TryNode n => Calls(n.Body).Concat(Calls(n.Handler)),
        NegateNode n => Calls(n.Of),
        ArrayNode n => Calls(n.Items),
        ObjectNode n => n.Members.SelectMany(member => Calls(member.Key).Concat(Calls(member.Value))),
        TextNode n => n.Parts.SelectMany(Calls),
        IfNode n => Calls(n.Condition).Concat(Calls(n.Then)).Concat(Calls(n.Else)),
        ReduceNode n => Calls(n.Source).Concat(Calls(n.Initial)).Concat(Calls(n.Update)),
        ForeachNode n => Calls(n.Source).Concat(Calls(n.Initial)).Concat(Calls(n.Update)).Concat(Calls(n.Extract)),
        AsNode n => Calls(n.Source).Concat(Calls(n.Body)),
        LabelNode n => Calls(n.Body),
        DefinitionNode n => Calls(n.Definition.Body).Concat(Calls(n.Rest)),
        _ => [],
    };
}

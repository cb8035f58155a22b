using System.Text.RegularExpressions;
using Interop.Core.Messages;
using Interop.Platform.Reading;

namespace Interop.Local.Tests.Journeys;

public sealed partial class ReferenceKindsTests
{
    [Fact]
    public void Kinds_OfTheSearch_AreThoseOfTheCanonicalSchema()
    {
        var schema = File.ReadAllText(Path.Combine(TestPlatform.Mappings, "canonical/common.schema.yaml"));
        var named = Listed().Match(schema).Groups[1].Value.Split(", ");

        Assert.Equal(named.Order(StringComparer.Ordinal), ListReader.Kinds.Append(References.Notification).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"enum: \[(online-report[^\]]*)\]", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Listed();
}

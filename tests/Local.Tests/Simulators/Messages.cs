namespace Interop.Local.Tests.Simulators;

/// <summary>Requests as the platform sends them.</summary>
static class Messages
{
    public const string SmsTemplate = "6f3f0a3e-1d52-4c1b-9a64-2f0d6f1c8b01";
    public const string EmailTemplate = "b2c8d1f4-7e60-4b39-8d15-9a3e5c7f2d02";

    public const string Personalisation =
        """{"name":"Victim One","crime_reference":"NS/0104412/26","message":"An officer now leads the investigation."}""";

    public const string Occurrence =
        """{"occurrence":{"sourceRefs":[{"src":"OLC","ref":"NSH-1-26-0417-000"}],"status":"NEW","offenceCode":"28E/01","nominals":[{"roles":["V"],"forenames":["Victim"],"surname":"One"}]}}""";

    public static string Sms(string reference = "run.1", string number = "+447700900123", string template = SmsTemplate, string personalisation = Personalisation) =>
        $$"""{"phone_number":"{{number}}","template_id":"{{template}}","personalisation":{{personalisation}},"reference":"{{reference}}"}""";

    public static string Email(string reference = "run.1", string address = "victim.one@example.org", string template = EmailTemplate) =>
        $$"""{"email_address":"{{address}}","template_id":"{{template}}","personalisation":{{Personalisation}},"reference":"{{reference}}"}""";

    public static string CaseFile(string crime = "NS/0104412/26") =>
        $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <CaseFile schemaVersion="1.0">
          <Header><PoliceReference system="CRIME">{crime}</PoliceReference><Request>PCD</Request></Header>
          <ProposedCharge><Code>BURG-D</Code></ProposedCharge>
          <Party><Role>SUSPECT</Role><FirstName>Suspect</FirstName><Surname>One</Surname></Party>
        </CaseFile>
        """;
}

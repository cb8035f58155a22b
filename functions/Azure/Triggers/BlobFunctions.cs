using Interop.Functions.Intake;
using Interop.Platform.Intake;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Interop.Functions.Triggers;

/// <summary>Systems that drop files. Who may write to the container is the proof of who they are.</summary>
sealed class BlobFunctions(MessageIntake intake, ILogger<BlobFunctions> log)
{
    const string System = "court-listing";

    [Function("CourtResults")]
    public async Task CourtResults(
        [BlobTrigger("court-results/{organisation}/{type}/{name}", Connection = "Storage", Source = BlobTriggerSource.EventGrid)] byte[] body, string organisation, string type, string name, CancellationToken cancellation)
    {
        if (await intake.ReceiveCarried(CarriedMessage.Of(organisation, System, type, name, body), $"{type}/{name}", cancellation) is IntakeResult.Refused refused) log.FileRefused(System, name, refused.Title);
    }
}

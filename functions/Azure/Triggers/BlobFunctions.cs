using System.Net;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Interop.Functions.Intake;
using Microsoft.Azure.Functions.Worker;

namespace Interop.Functions.Triggers;

/// <summary>Systems that drop files. Who may write to the container is the proof of who they are. A file that the platform has, accepted or held, is deleted: what is erased there is not to live on here.</summary>
sealed class BlobFunctions(FileIntake intake)
{
    const string System = "court-listing";

    [Function("CourtResults")]
    public async Task CourtResults(
        [BlobTrigger("court-results/{organisation}/{type}/{name}", Connection = "Storage", Source = BlobTriggerSource.EventGrid)] BlobClient file, string organisation, string type, string name, CancellationToken cancellation)
    {
        try
        {
            var content = (await file.DownloadContentAsync(cancellation)).Value;
            if (!await intake.Take(CarriedMessage.Of(organisation, System, type, name, content.Content.ToArray()), $"{type}/{name}", cancellation)) return;
            await file.DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, new BlobRequestConditions { IfMatch = content.Details.ETag }, cancellation);
        }
        catch (RequestFailedException gone) when (gone.Status is (int)HttpStatusCode.NotFound or (int)HttpStatusCode.PreconditionFailed)
        {
            // Taken before; or written anew meanwhile, which is told by itself.
        }
    }
}

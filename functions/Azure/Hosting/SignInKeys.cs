using System.Xml.Linq;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Interop.Functions.Hosting;

/// <summary>The keys that protect the cookies of the portal, one blob each: all instances have the same, and they outlive every one. Only the app's identity reaches the container.</summary>
/// <remarks>A key is made every 90 days, and none is ever removed: what it protected could not be read again.</remarks>
sealed class SignInKeys(BlobContainerClient container) : IXmlRepository
{
    /// <summary>The container's name, as infra/main.bicep has it.</summary>
    public const string Container = "data-protection";

    const int MostKeys = 1_000;

    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. container.GetBlobs().Take(MostKeys).Select(blob => XElement.Parse(container.GetBlobClient(blob.Name).DownloadContent().Value.Content.ToString()))];

    // Refused when there is one of that name: names are of new identifiers.
    public void StoreElement(XElement element, string friendlyName) =>
        container.GetBlobClient($"{friendlyName}.xml").Upload(BinaryData.FromString(element.ToString(SaveOptions.DisableFormatting)));
}

using Interop.Functions.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Interop.Functions.Triggers;

/// <summary>What is reached by HTTP: a function for each connector, so that each is measured and scaled for itself, and one for all else. The platform authenticates: there are no function keys.</summary>
sealed class HttpFunctions(Site site)
{
    const string Messages = "api/organisations/{organisation}/systems/";

    [Function("OnlineContact")]
    public Task<IResult> OnlineContact([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Messages + "online-contact/messages/{type}")] HttpRequest request) => site.Answer(request.HttpContext);

    [Function("CommandAndControl")]
    public Task<IResult> CommandAndControl([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Messages + "command-and-control/messages/{type}")] HttpRequest request) => site.Answer(request.HttpContext);

    [Function("NationalRecords")]
    public Task<IResult> NationalRecords([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Messages + "national-records/messages/{type}")] HttpRequest request) => site.Answer(request.HttpContext);

    [Function("NotifyCallbacks")]
    public Task<IResult> NotifyCallbacks([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Messages + "notify/messages/{type}")] HttpRequest request) => site.Answer(request.HttpContext);

    /// <summary>The API, the portal, and the messages of every other system.</summary>
    [Function("Site")]
    public Task<IResult> Site([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request) => site.Answer(request.HttpContext);
}

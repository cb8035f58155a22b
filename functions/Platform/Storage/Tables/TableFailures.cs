using System.Runtime.CompilerServices;
using Azure;

namespace Interop.Platform.Storage.Tables;

/// <summary>The one place where failures of the service become <see cref="StoreException"/>.</summary>
static class TableFailures
{
    public static async Task<T> Translate<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception failure) when (failure is RequestFailedException or AggregateException or IOException || IsTimeout(failure))
        {
            throw Of(failure);
        }
    }

    public static async IAsyncEnumerable<T> Translated<T>(IAsyncEnumerable<T> call, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await using var items = call.GetAsyncEnumerator(cancellation);
        while (await Translate(() => items.MoveNextAsync().AsTask())) yield return items.Current;
    }

    // The library cancels a call that takes too long, with a token of its own.
    public static bool IsTimeout(Exception failure) => failure is TaskCanceledException { InnerException: TimeoutException or null, CancellationToken.CanBeCanceled: false };

    static StoreException Of(Exception failure)
    {
        var reason = (failure as RequestFailedException ?? failure.InnerException as RequestFailedException) is { } refused
            ? refused.Status == 0 ? refused.Message : $"{refused.Status} {refused.ErrorCode}"
            : failure.Message;
        return new StoreException($"The storage account failed: {reason.ReplaceLineEndings(" ")}. Read the rows before trying again.", failure);
    }
}

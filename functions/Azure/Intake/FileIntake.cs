using Interop.Functions.Work;
using Interop.Platform.Intake;
using Interop.Platform.Work;
using Microsoft.Extensions.Logging;

namespace Interop.Functions.Intake;

/// <summary>Brings a dropped file to the platform's intake. The host does not tell how often a file failed, so it is tried again here; what fails each time, or cannot be read, stands among the held messages.</summary>
sealed class FileIntake(MessageIntake intake, TimeProvider clock, ILogger<FileIntake> log)
{
    /// <summary>So often a file is tried before it is held, after 1, 2 and 4 seconds.</summary>
    public const int MostTries = 4;

    static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    /// <summary>Whether the platform has it now, accepted or held: then the file is not needed, and is not to outlive what is erased. False when nobody's list can show it. What it throws leaves the file to come again.</summary>
    public async Task<bool> Take(IncomingMessage incoming, string name, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                if (await intake.ReceiveCarried(incoming, name, cancellation) is not IntakeResult.Refused refused) return true;
                log.FileRefused(incoming.System, name, refused.Title);
                return refused.HttpStatus == 400;
            }
            catch (Exception failed) when (tries == MostTries && !cancellation.IsCancellationRequested)
            {
                var reason = TooOften.Told(tries, failed);
                log.PutAside(incoming.System, name, reason, FaultText.Of(failed));
                await intake.KeepCarried(incoming, name, reason, cancellation);
                return true;
            }
            catch (Exception) when (!cancellation.IsCancellationRequested)
            {
                await Task.Delay(FirstWait * Math.Pow(2, tries - 1), clock, cancellation);
            }
        }
    }
}

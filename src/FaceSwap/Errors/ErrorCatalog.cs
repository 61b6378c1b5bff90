using System.Collections.Frozen;
using static Microsoft.AspNetCore.Http.StatusCodes;

namespace FaceSwap.Errors;

/// <summary>The one table from a code to its HTTP status, title, retry rule and remedy.</summary>
public static class ErrorCatalog
{
    private static readonly FrozenDictionary<string, ErrorEntry> Entries = new ErrorEntry[]
    {
        new(ErrorCodes.Unauthenticated, Status401Unauthorized, "It is not known who calls.", false, "Send a valid bearer token of the issuer that the app trusts, or none where none is required."),
        new(ErrorCodes.Forbidden, Status403Forbidden, "The caller may not do this.", false, "Ask an operator."),
        new(ErrorCodes.QuotaExceeded, Status429TooManyRequests, "The caller's limit is reached.", true, "Wait as Retry-After says, or ask the operator for more."),
        new(ErrorCodes.IssuerUnavailable, Status503ServiceUnavailable, "The issuer of the tokens is not available.", true, "Repeat the request later."),
        new(ErrorCodes.InvalidRequest, Status422UnprocessableEntity, "The request is not valid.", false, "Correct the field that the detail names and send the request again."),
        new(ErrorCodes.InvalidJson, Status400BadRequest, "The body is not the JSON that was expected.", false, "Send a JSON object as the API documentation shows it."),
        new(ErrorCodes.UnsupportedContentType, Status415UnsupportedMediaType, "The content type is not supported.", false, "Send application/json, or multipart/form-data with the files."),
        new(ErrorCodes.MissingVideo, Status422UnprocessableEntity, "The video is missing.", false, "Give 'video': an http(s) address, or a file part of that name."),
        new(ErrorCodes.MissingFace, Status422UnprocessableEntity, "The face is missing.", false, "Give 'face': an http(s) address of a picture, or a file part of that name."),
        new(ErrorCodes.ConsentRequired, Status422UnprocessableEntity, "The consent is missing.", false, "Give 'consent': {\"by\": who agreed, \"statement\": to what}. It is kept in the job's record and passed nowhere."),
        new(ErrorCodes.UploadNotFound, Status404NotFound, "There is no such upload.", false, "Open one with POST /api/uploads and put the file at its address, within a day of its use."),
        new(ErrorCodes.BlobNotFound, Status404NotFound, "There is no such file.", false, "Check the name after 'blob:'; it is one in your part of the container of media."),
        new(ErrorCodes.UnsupportedFormat, Status422UnprocessableEntity, "The media format is not supported.", false, "Use mp4, mov, avi, webm or mkv for the video, jpg, png, gif or webp for the face, and mp3, wav, m4a or aac for the audio."),
        new(ErrorCodes.MediaTooLarge, Status413PayloadTooLarge, "The media file is too large.", false, "Compress or trim the file to at most 500 MB. Send files over 32 MB to `POST /api/uploads` and name their ids."),
        new(ErrorCodes.RequestTooSlow, Status408RequestTimeout, "The body arrives too slowly.", true, "Send it again over a faster line, or put the files into storage with POST /api/uploads: there they may go in blocks, as slowly as they come."),
        new(ErrorCodes.MediaUnreachable, Status422UnprocessableEntity, "The media address could not be fetched.", true, "Check that the address is public and answers 200 with the file, then submit again."),
        new(ErrorCodes.AddressRefused, Status422UnprocessableEntity, "The address is not allowed.", false, "Use a public http or https address without user name, at most 2,048 characters."),
        new(ErrorCodes.JobNotFound, Status404NotFound, "There is no such job.", false, "Check the id."),
        new(ErrorCodes.InvalidBatch, Status422UnprocessableEntity, "The batch is not valid.", false, "Correct what the detail or 'items' names, and send the whole batch again; nothing was started."),
        new(ErrorCodes.BatchNotFound, Status404NotFound, "There is no such batch.", false, "Check the id; GET /api/batches lists them."),
        new(ErrorCodes.BatchEnded, Status409Conflict, "The batch has ended.", false, "There is nothing left to cancel: read the batch for how it ended."),
        new(ErrorCodes.BatchNotPaused, Status409Conflict, "The batch is not paused.", false, "Only a batch that is 'paused' is resumed."),
        new(ErrorCodes.BatchRunning, Status409Conflict, "The batch is still running.", false, "Wait until the batch has ended, or cancel it, then try again what has no result."),
        new(ErrorCodes.BatchDeleted, Status410Gone, "The batch was deleted.", false, "Take a new idempotency key if the batch is wanted once more; its items are paid for again."),
        new(ErrorCodes.NothingToRetry, Status409Conflict, "The batch has nothing to try again.", false, "Read the batch's items; 'include' names those that are only tried again on demand."),
        new(ErrorCodes.ScheduleNotFound, Status404NotFound, "There is no such schedule.", false, "Check the id; GET /api/schedules lists them."),
        new(ErrorCodes.NothingToRun, Status409Conflict, "The schedule has nothing to run.", false, "Put a video into the container of media, under the schedule's prefix."),
        new(ErrorCodes.ScheduleBusy, Status409Conflict, "The schedule's last run has not ended.", true, "Wait until the batch that the detail names has ended, or cancel it."),
        new(ErrorCodes.EndpointNotFound, Status404NotFound, "There is no such webhook endpoint.", false, "Check the id; GET /api/webhook-endpoints lists them."),
        new(ErrorCodes.EndpointIsConfigured, Status409Conflict, "The webhook endpoint is not changed through the API.", false, "Change it where it comes from: the app's configuration, or the jobs that name receivers."),
        new(ErrorCodes.DeliveryNotFound, Status404NotFound, "There is no such webhook delivery.", false, "Check the id."),
        new(ErrorCodes.LimitReached, Status409Conflict, "A limit is reached.", false, "Remove what is no longer needed, or wait as the detail says."),
        new(ErrorCodes.ResultNotReady, Status409Conflict, "The job has no result yet.", false, "Read the job until its status is 'completed'."),
        new(ErrorCodes.RecordNotReady, Status409Conflict, "The job has no record yet.", false, "Read the job until it has ended; its record follows within seconds."),
        new(ErrorCodes.ResultUnavailable, Status502BadGateway, "The finished video could not be fetched from the backend.", true, "Try again later; the edit is kept in its session at the backend."),
        new(ErrorCodes.TokenExpired, Status503ServiceUnavailable, "The backend's token had expired and was renewed.", true, "Try again."),
        new(ErrorCodes.TokenRejected, Status503ServiceUnavailable, "The backend rejects the configured token.", false, "Operator: set a valid NEMO_TOKEN, or remove it to use an anonymous token."),
        new(ErrorCodes.InsufficientCredits, Status402PaymentRequired, "There are not enough credits.", false, "Top up credits in your account."),
        new(ErrorCodes.CreditsReserved, Status402PaymentRequired, "The credits are reserved by other jobs.", true, "Submit the job again when other jobs have ended, or top up credits in your account."),
        new(ErrorCodes.JobRunning, Status409Conflict, "The job is still running.", false, "Wait until the job has ended, then send the message again."),
        new(ErrorCodes.JobDeleted, Status410Gone, "The job was deleted.", false, "Take a new idempotency key if the job is wanted once more; it is paid for again."),
        new(ErrorCodes.JobEnded, Status409Conflict, "The job has ended.", false, "There is nothing left to cancel: read the job for how it ended."),
        new(ErrorCodes.Cancelled, Status409Conflict, "The job was cancelled.", false, "Nothing was charged. Submit a new job when it is wanted after all."),
        new(ErrorCodes.SessionBusy, Status409Conflict, "Another job edits this session.", false, "Continue from the newest job of this session when it has ended."),
        new(ErrorCodes.IdempotencyKeyReused, Status422UnprocessableEntity, "The idempotency key stands for another request.", false, "Take a new key for a new request; send a key again only with the very same request."),
        new(ErrorCodes.UnclearMessage, Status409Conflict, "It is not clear what the message asks for.", false, "Ask for one thing, or add 'action' to the message: 'message' makes it an edit, which costs credits; 'export', 'credits', 'state' and 'upload' are free."),
        new(ErrorCodes.NothingToContinue, Status409Conflict, "The job has no session that could be continued.", false, "Submit a new job."),
        new(ErrorCodes.ExportNotAllowed, Status402PaymentRequired, "The backend's plan does not allow export.", false, "Register or upgrade your plan to unlock export."),
        new(ErrorCodes.RateLimited, Status429TooManyRequests, "The backend's rate limit is reached.", true, "Wait and try again."),
        new(ErrorCodes.BackendUnavailable, Status503ServiceUnavailable, "The backend is not available.", true, "Try again later; nothing was charged for this step."),
        new(ErrorCodes.BackendRefused, Status502BadGateway, "The backend refused the step.", false, "Check the media and the instruction; if they are sound, report the job id."),
        new(ErrorCodes.SessionLost, Status502BadGateway, "The editing session at the backend is gone.", false, "This session cannot be gone on with; a new job takes a new one."),
        new(ErrorCodes.NotSent, Status503ServiceUnavailable, "The instruction could not be sent.", true, "Submit the job again later; nothing was charged."),
        new(ErrorCodes.StartUnknown, Status503ServiceUnavailable, "It is not known whether the job was started.", false, "Read the job that the detail names for some minutes: GET /api/jobs/{id}. Submit it again only where the answer stays 404."),
        new(ErrorCodes.EditNotApplied, Status502BadGateway, "The backend did not apply the edit.", false, "Nothing was charged. Try a more concrete instruction or another clip."),
        new(ErrorCodes.AmbiguousOutcome, Status502BadGateway, "It is not known whether the edit was made.", false, "The edit may have been charged. Look at the session at the backend before you submit it again."),
        new(ErrorCodes.RenderFailed, Status502BadGateway, "The backend could not render the video.", false, "The edit is kept in its session at the backend: have it rendered again later."),
        new(ErrorCodes.RenderTimedOut, Status504GatewayTimeout, "The render did not end in time.", false, "The edit is kept in its session at the backend: have it rendered again later."),
        new(ErrorCodes.DeadlineExceeded, Status504GatewayTimeout, "The job's deadline passed.", false, "Submit the job again; nothing further was paid after the deadline."),
        new(ErrorCodes.StorageUnavailable, Status503ServiceUnavailable, "The storage account is not available.", true, "Repeat the request later; a job that was accepted goes on by itself."),
        new(ErrorCodes.InternalError, Status500InternalServerError, "The job met a defect.", false, "Report the job id."),
    }.ToFrozenDictionary(entry => entry.Code);

    /// <summary>All rows, for the documentation and the tests that walk the table.</summary>
    public static IEnumerable<ErrorEntry> All => Entries.Values;

    /// <summary>The row of a code; an unknown code reads as <see cref="ErrorCodes.InternalError"/>.</summary>
    public static ErrorEntry Find(string code) => Entries.GetValueOrDefault(code) ?? Entries[ErrorCodes.InternalError];
}

/// <summary>One row of the error table.</summary>
/// <param name="Code">The stable code, one of <see cref="ErrorCodes"/>.</param>
/// <param name="Status">The HTTP status of an answer that reports this failure.</param>
/// <param name="Title">A short sentence that is the same for every occurrence.</param>
/// <param name="Retryable">Whether a step that costs nothing may be run again by itself.</param>
/// <param name="Remedy">What the caller can do.</param>
public sealed record ErrorEntry(string Code, int Status, string Title, bool Retryable, string Remedy);

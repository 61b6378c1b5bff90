namespace FaceSwap.Errors;

/// <summary>The stable words by which callers tell failures apart. A code never changes its meaning.</summary>
public static class ErrorCodes
{
    public const string Unauthenticated = "unauthenticated";
    public const string Forbidden = "forbidden";
    public const string QuotaExceeded = "quota_exceeded";
    public const string IssuerUnavailable = "issuer_unavailable";
    public const string InvalidRequest = "invalid_request";
    public const string InvalidJson = "invalid_json";
    public const string UnsupportedContentType = "unsupported_content_type";
    public const string MissingVideo = "missing_video";
    public const string MissingFace = "missing_face";
    public const string ConsentRequired = "consent_required";
    public const string UploadNotFound = "upload_not_found";
    public const string UnsupportedFormat = "unsupported_format";
    public const string MediaTooLarge = "media_too_large";
    public const string MediaUnreachable = "media_unreachable";
    public const string AddressRefused = "address_refused";
    public const string JobNotFound = "job_not_found";
    public const string EndpointNotFound = "webhook_endpoint_not_found";
    public const string EndpointIsConfigured = "webhook_endpoint_is_configured";
    public const string DeliveryNotFound = "webhook_delivery_not_found";
    public const string LimitReached = "limit_reached";
    public const string ResultNotReady = "result_not_ready";
    public const string RecordNotReady = "record_not_ready";
    public const string ResultUnavailable = "result_unavailable";
    public const string TokenExpired = "token_expired";
    public const string TokenRejected = "token_rejected";
    public const string InsufficientCredits = "insufficient_credits";
    public const string CreditsReserved = "credits_reserved";
    public const string JobRunning = "job_running";
    public const string JobDeleted = "job_deleted";
    public const string JobEnded = "job_ended";
    public const string Cancelled = "cancelled";
    public const string SessionBusy = "session_busy";
    public const string IdempotencyKeyReused = "idempotency_key_reused";
    public const string UnclearMessage = "unclear_message";
    public const string NothingToContinue = "nothing_to_continue";
    public const string ExportNotAllowed = "export_not_allowed";
    public const string RateLimited = "rate_limited";
    public const string BackendUnavailable = "backend_unavailable";
    public const string BackendRefused = "backend_refused";
    public const string SessionLost = "session_lost";
    public const string StartUnknown = "start_unknown";
    public const string NotSent = "not_sent";
    public const string EditNotApplied = "edit_not_applied";
    public const string AmbiguousOutcome = "ambiguous_outcome";
    public const string RenderFailed = "render_failed";
    public const string RenderTimedOut = "render_timed_out";
    public const string DeadlineExceeded = "deadline_exceeded";
    public const string StorageUnavailable = "storage_unavailable";
    public const string InternalError = "internal_error";
}

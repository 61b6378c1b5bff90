namespace NemoVideo.Simulator.Desk;

/// <summary>The backend's codes. Those below 1000 are HTTP statuses.</summary>
internal static class Codes
{
    public const int InvalidToken = 1001;
    public const int SessionNotFound = 1002;
    public const int InvalidTokenNewer = 1010;
    public const int ExpiredTokenNewer = 1011;
    public const int NoCredits = 2001;
    public const int Unsupported = 4001;
    public const int TooLarge = 4002;

    public const int BadRequest = 400;
    public const int PlanBlocked = 402;
    public const int NotFound = 404;
    public const int Conflict = 409;
    public const int RateLimited = 429;
}

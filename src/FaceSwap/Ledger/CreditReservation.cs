namespace FaceSwap.Ledger;

/// <summary>Credits that a job is about to spend.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Amount">How many.</param>
/// <param name="Until">When the reservation lapses, should the job never come back to it.</param>
public sealed record CreditReservation(string JobId, decimal Amount, DateTimeOffset Until);

using FaceSwap.Jobs;

namespace FaceSwap.Functions.Orchestrations;

/// <summary>What was said of a job's progress.</summary>
/// <param name="Number">Which report it is, from 1.</param>
/// <param name="Stage">The stage the job was in.</param>
/// <param name="Percent">How much was done.</param>
/// <param name="Note">What it was at.</param>
/// <param name="HasEnded">The job has ended: there is nothing more to report.</param>
public sealed record ProgressReport(int Number, JobStage Stage, int Percent, string? Note, bool HasEnded);

using FaceSwap.Conversation;
using FaceSwap.Jobs;

namespace FaceSwap.Functions.Http.Conversation;

/// <summary>The answer to a message; which fields it has depends on the action.</summary>
/// <param name="Action">What the words asked for.</param>
/// <param name="Text">The answer in a sentence.</param>
/// <param name="Job">The new job that edits or renders, when one was started.</param>
/// <param name="Result">Where the finished video can be read.</param>
/// <param name="Credits">The account's credits.</param>
public sealed record MessageAnswer(
    UserAction Action, string Text, JobView? Job = null, ResultBody? Result = null, CreditsBody? Credits = null);

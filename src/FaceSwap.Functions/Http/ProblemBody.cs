namespace FaceSwap.Functions.Http;

/// <summary>A problem by RFC 9457, with the stable code and the remedy beside its standard members.</summary>
public sealed record ProblemBody(string Type, string Title, int Status, string Detail, string Code, string Remedy);

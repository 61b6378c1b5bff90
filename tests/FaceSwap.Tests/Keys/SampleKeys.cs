namespace FaceSwap.Tests.Keys;

/// <summary>Master keys that tests pin results of.</summary>
internal static class SampleKeys
{
    /// <summary>The bytes 0 to 31.</summary>
    public const string Counting = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    /// <summary>Thirty-two zeros.</summary>
    public const string Zeros = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
}

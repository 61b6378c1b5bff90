using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace FaceSwap.LocalHost.Durable.Execution;

/// <summary>Version 5 (name-based) identifiers of RFC 9562: the same name always gives the same id.</summary>
internal static class DeterministicGuid
{
    private static readonly Guid Namespace = new("9e952958-5e33-4daf-827f-2fa12937b875");

    public static Guid Create(string instanceId, DateTime at, int counter)
    {
        var name = Encoding.UTF8.GetBytes($"{instanceId}_{at:o}_{counter}");
        byte[] input = [.. Namespace.ToByteArray(bigEndian: true), .. name];
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The RFC prescribes SHA-1 for version 5; nothing here is a secret.
        SHA1.HashData(input, hash);
#pragma warning restore CA5350
        const int VersionAndVariant = 6;
        hash[VersionAndVariant] = (byte)((hash[VersionAndVariant] & 0x0F) | 0x50);
        BinaryPrimitives.WriteUInt16BigEndian(
            hash[8..], (ushort)((BinaryPrimitives.ReadUInt16BigEndian(hash[8..]) & 0x3FFF) | 0x8000));
        return new Guid(hash[..16], bigEndian: true);
    }
}

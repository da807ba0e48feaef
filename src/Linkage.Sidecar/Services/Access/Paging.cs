using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Storage;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Access;

/// <summary>Sizes and tokens of pages. A token names a place, the caller and the request it was given for.</summary>
/// <remarks>
/// A token is no secret: who makes one up reads on at another place of a list that it may read anyhow.
/// </remarks>
internal static class Paging
{
    private const int DefaultSize = 100;
    private const int LargestSize = 1000;
    private const int MarkLength = 16;
    private const int TimeLength = 8;

    /// <summary>How many things a page has.</summary>
    /// <exception cref="Grpc.Core.RpcException">The size is out of range.</exception>
    public static int SizeOf(int asked) => asked switch
    {
        0 => DefaultSize,
        > 0 and <= LargestSize => asked,
        _ => throw Refusals.BadField("page_size", "1 to 1,000, or 0 for 100."),
    };

    /// <summary>Where a page begins.</summary>
    /// <param name="token">The token given with the page before; empty for the first.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="question">The request without size and token.</param>
    /// <exception cref="Grpc.Core.RpcException">The token was not given for this request.</exception>
    public static ListCursor Read(string token, Caller caller, IMessage question)
    {
        if (token.Length == 0)
        {
            return ListCursor.Start;
        }

        byte[] bytes = new byte[Base64Url.GetMaxDecodedLength(token.Length)];
        // The form with Try in its name throws at a text that is none.
        bool isSound = Base64Url.DecodeFromChars(token, bytes, out _, out int length) == OperationStatus.Done
            && length > MarkLength + TimeLength
            && CryptographicOperations.FixedTimeEquals(bytes.AsSpan(0, MarkLength), Mark(caller, question));
        return isSound
            ? new ListCursor(
                BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(MarkLength)),
                Encoding.UTF8.GetString(bytes.AsSpan(MarkLength + TimeLength, length - MarkLength - TimeLength)))
            : throw Refusals.Of(ErrorReason.BadPageToken, "The page token was not given for this request.");
    }

    /// <summary>The token of the page behind a place.</summary>
    public static string Write(ListCursor place, Caller caller, IMessage question)
    {
        byte[] time = new byte[TimeLength];
        BinaryPrimitives.WriteInt64BigEndian(time, place.CreatedAt);
        return Base64Url.EncodeToString([.. Mark(caller, question), .. time, .. Encoding.UTF8.GetBytes(place.Id)]);
    }

    private static ReadOnlySpan<byte> Mark(Caller caller, IMessage question)
    {
        string who = $"{question.Descriptor.FullName} {AccessPolicy.RoleOf(caller)} {caller.Name} ";
        return SHA256.HashData([.. Encoding.UTF8.GetBytes(who), .. question.ToByteArray()]).AsSpan(0, MarkLength);
    }
}

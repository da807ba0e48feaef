using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using CoreStatus = Grpc.Core.Status;

namespace Linkage.Sidecar.Transport.Wire;

/// <summary>Statuses as the Connect protocol writes them: JSON, and codes of HTTP.</summary>
internal static class ConnectError
{
    /// <summary>The trailer that carries a serialized <c>google.rpc.Status</c> with the details of an error.</summary>
    public const string DetailsKey = "grpc-status-details-bin";

    // Field 3, length-delimited: google.rpc.Status.details.
    private const uint DetailsTag = 26;

    private static readonly (string Name, int Http)[] Codes =
    [
        ("ok", 200), ("canceled", 499), ("unknown", 500), ("invalid_argument", 400), ("deadline_exceeded", 504),
        ("not_found", 404), ("already_exists", 409), ("permission_denied", 403), ("resource_exhausted", 429),
        ("failed_precondition", 400), ("aborted", 409), ("out_of_range", 400), ("unimplemented", 501),
        ("internal", 500), ("unavailable", 503), ("data_loss", 500), ("unauthenticated", 401),
    ];

    public static int HttpStatus(StatusCode code) => Codes[Index(code)].Http;

    /// <summary>Writes the error object: <c>code</c>, <c>message</c>, <c>details</c>.</summary>
    public static void Write(Utf8JsonWriter json, CoreStatus status, Metadata trailers)
    {
        json.WriteStartObject();
        json.WriteString("code", Codes[Index(status.StatusCode)].Name);
        if (status.Detail.Length > 0)
        {
            json.WriteString("message", status.Detail);
        }

        List<Any> details = Details(trailers);
        if (details.Count > 0)
        {
            json.WriteStartArray("details");
            foreach (Any detail in details)
            {
                json.WriteStartObject();
                json.WriteString("type", Any.GetTypeName(detail.TypeUrl));
                json.WriteString("value", detail.Value.ToBase64().TrimEnd('='));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>Writes the object that ends a stream: <c>error</c> unless OK, and <c>metadata</c>.</summary>
    public static void WriteEnd(Utf8JsonWriter json, CoreStatus status, Metadata trailers)
    {
        json.WriteStartObject();
        if (status.StatusCode != StatusCode.OK)
        {
            json.WritePropertyName("error");
            Write(json, status, trailers);
        }

        if (trailers.Count > 0)
        {
            json.WriteStartObject("metadata");
            foreach (IGrouping<string, Metadata.Entry> group in trailers.GroupBy(entry => entry.Key))
            {
                json.WriteStartArray(group.Key);
                foreach (Metadata.Entry entry in group)
                {
                    if (MetadataCodec.TryWrite(entry, out string value))
                    {
                        json.WriteStringValue(value);
                    }
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static int Index(StatusCode code) =>
        (uint)code < (uint)Codes.Length ? (int)code : (int)StatusCode.Unknown;

    // Only one field of google.rpc.Status is looked at, so no generated type is needed here.
    private static List<Any> Details(Metadata trailers)
    {
        List<Any> details = [];
        if (trailers.GetValueBytes(DetailsKey) is not byte[] bytes)
        {
            return details;
        }

        try
        {
            using CodedInputStream input = new(bytes);
            for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
            {
                if (tag == DetailsTag)
                {
                    Any detail = new();
                    input.ReadMessage(detail);
                    details.Add(detail);
                }
                else
                {
                    input.SkipLastField();
                }
            }
        }
        catch (InvalidProtocolBufferException)
        {
            // A service that attached something else still gets its code and message through.
            details.Clear();
        }

        return details;
    }
}

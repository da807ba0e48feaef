using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Linkage.Sidecar.Tests.Fuzz;

/// <summary>Says what is wrong with an answer. What is right is written down here again, not taken from the
/// transport.</summary>
internal static class FuzzJudge
{
    private static readonly Dictionary<string, int> ConnectCodes = new(StringComparer.Ordinal)
    {
        ["canceled"] = 499,
        ["invalid_argument"] = 400,
        ["deadline_exceeded"] = 504,
        ["not_found"] = 404,
        ["already_exists"] = 409,
        ["permission_denied"] = 403,
        ["resource_exhausted"] = 429,
        ["failed_precondition"] = 400,
        ["aborted"] = 409,
        ["out_of_range"] = 400,
        ["unimplemented"] = 501,
        ["unavailable"] = 503,
        ["data_loss"] = 500,
        ["unauthenticated"] = 401,
    };

    // INTERNAL is for what is broken on the wire, and for nothing that a service does.
    private static readonly HashSet<string> Broken = new(StringComparer.Ordinal)
    {
        "A compressed message was cut short.",
        "Incomplete message.", "A message has an unknown flag.",
        "A message is compressed, but no encoding was named.", "A compressed message is not valid gzip.",
        "A message is not valid protobuf.", "Invalid timeout.", "The request is not valid base64.",
    };

    /// <summary>What is wrong; null if nothing is.</summary>
    public static string? FaultOf(FuzzRequest request, FuzzAnswer answer, IReadOnlyList<string> tokens)
    {
        bool isError = answer.Status != 200;
        string? fault = answer switch
        {
            { Status: 200, ContentType: "application/grpc" } => GrpcFault(request, answer.Fields, out isError),
            { Status: 200, ContentType: "application/grpc-web" or "application/grpc-web+proto" } =>
                WebFault(request, answer, answer.Body, out isError),
            { Status: 200, ContentType: "application/grpc-web-text" or "application/grpc-web-text+proto" } =>
                WebFault(request, answer, FromText(answer.Body), out isError),
            { Status: 200, ContentType: "application/connect+proto" or "application/connect+json" } =>
                StreamFault(answer, out isError),
            { Status: 200, ContentType: "application/proto" or "application/json" } => null,
            { ContentType: "application/json" } => ErrorFault(JsonOf(answer.Body), answer.Status),
            _ => HttpFault(request, answer),
        };
        // Reflection repeats each question in its answer to it, before a later one fails.
        bool isEcho = request.Rpc.StartsWith("grpc.reflection.", StringComparison.Ordinal);
        return fault ?? LeakIn(answer, isError && !isEcho, tokens);
    }

    private static string? HttpFault(FuzzRequest request, FuzzAnswer answer)
    {
        HashSet<FuzzMutation> done = request.Mutations;
        bool isDefined = answer.Body.Length == 0 && answer.Status switch
        {
            404 => done.Contains(FuzzMutation.Path) || done.Contains(FuzzMutation.Verb),
            405 => done.Contains(FuzzMutation.Verb),
            415 => done.Contains(FuzzMutation.ContentType),
            426 => done.Contains(FuzzMutation.ContentType) && request.IsHttp1,
            _ => false,
        };
        return isDefined ? null : $"HTTP status {answer.Status} is no answer here.";
    }

    private static string? GrpcFault(
        FuzzRequest request, IReadOnlyDictionary<string, string> fields, out bool isError)
    {
        isError = false;
        if (!fields.TryGetValue("grpc-status", out string? text))
        {
            return request.IsEndless ? null : "There is no status.";
        }

        isError = text != "0";
        if (!int.TryParse(text, out int code) || code is < 0 or 2 or > 16)
        {
            return $"The status is {text}.";
        }

        string message = fields.GetValueOrDefault("grpc-message") ?? string.Empty;
        return code == 13 && (request.Mutations.Count == 0 || !Broken.Contains(message))
            ? $"The status is INTERNAL: {message}"
            : null;
    }

    private static string? WebFault(FuzzRequest request, FuzzAnswer answer, byte[]? body, out bool isError)
    {
        isError = false;
        if (body is null)
        {
            return "The body is no base64.";
        }

        if (!TryLastFrame(body, out byte flag, out string end))
        {
            return answer.IsCut ? null : "The body is not made of frames.";
        }

        if (flag != 0x80)
        {
            return answer.IsCut ? null : "There are no trailers.";
        }

        Dictionary<string, string> fields = new(StringComparer.Ordinal);
        foreach (string line in end.Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = line.Split(": ", 2);
            fields[parts[0]] = parts[^1];
        }

        return GrpcFault(request, fields, out isError);
    }

    private static string? StreamFault(FuzzAnswer answer, out bool isError)
    {
        isError = false;
        if (!TryLastFrame(answer.Body, out byte flag, out string end) || flag != 2)
        {
            return answer.IsCut ? null : "The stream has no end.";
        }

        using JsonDocument? json = JsonOf(Encoding.UTF8.GetBytes(end));
        if (json is null)
        {
            return "The end is no JSON.";
        }

        isError = json.RootElement.TryGetProperty("error", out JsonElement error);
        return isError ? CodeFault(error, status: null) : null;
    }

    private static string? ErrorFault(JsonDocument? json, int status)
    {
        using (json)
        {
            return json is null ? "The error is no JSON." : CodeFault(json.RootElement, status);
        }
    }

    private static string? CodeFault(JsonElement error, int? status)
    {
        string code = error.GetProperty("code").GetString()!;
        if (!ConnectCodes.TryGetValue(code, out int expected))
        {
            return $"The code is {code}.";
        }

        // A method that nobody has is not found; one that is left out is not implemented.
        bool fits = status is null || status == expected || (code == "unimplemented" && status == 404);
        return fits ? null : $"The code {code} has the HTTP status {status}.";
    }

    private static string? LeakIn(FuzzAnswer answer, bool isError, IReadOnlyList<string> tokens)
    {
        string text = string.Join('\n', answer.Fields.Select(field => field.Value).Prepend(
            Encoding.UTF8.GetString(answer.Body)));
        if (answer.Fields.TryGetValue("grpc-status-details-bin", out string? details))
        {
            text += Encoding.UTF8.GetString(
                Convert.FromBase64String(details.PadRight((details.Length + 3) / 4 * 4, '=')));
        }

        if (tokens.Any(token => text.Contains(token, StringComparison.Ordinal)))
        {
            return "A token is told.";
        }

        string[] forbidden = [FuzzNames.Canary, "Exception", "   at ", Path.GetTempPath()];
        return isError && forbidden.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase))
            ? "The error tells a value, a path or an exception."
            : null;
    }

    private static bool TryLastFrame(byte[] body, out byte flag, out string payload)
    {
        (flag, payload) = (0, string.Empty);
        int place = 0;
        while (place + 5 <= body.Length)
        {
            long end = place + 5 + (long)BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(place + 1));
            if (end > body.Length)
            {
                return false;
            }

            flag = body[place];
            payload = Encoding.UTF8.GetString(body.AsSpan(place + 5, (int)end - place - 5));
            place = (int)end;
        }

        return place == body.Length && place > 0;
    }

    private static byte[]? FromText(byte[] body)
    {
        using MemoryStream plain = new();
        string text = Encoding.ASCII.GetString(body);
        byte[] group = new byte[3];
        for (int place = 0; place + 4 <= text.Length; place += 4)
        {
            if (!Convert.TryFromBase64Chars(text.AsSpan(place, 4), group, out int read))
            {
                return null;
            }

            plain.Write(group, 0, read);
        }

        return plain.ToArray();
    }

    private static JsonDocument? JsonOf(byte[] bytes)
    {
        try
        {
            return JsonDocument.Parse(bytes);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

using System.Buffers.Binary;
using System.IO.Compression;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace Linkage.Sidecar.Tests.Transport;

/// <summary>Requests and answers as bytes, made and read without the code under test.</summary>
internal static class Frames
{
    public static byte[] Frame(IMessage message, byte flag = 0) => Frame(message.ToByteArray(), flag);

    public static byte[] Frame(byte[] payload, byte flag = 0)
    {
        byte[] frame = new byte[payload.Length + 5];
        frame[0] = flag;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)payload.Length);
        payload.CopyTo(frame, 5);
        return frame;
    }

    public static List<(byte Flag, byte[] Payload)> Split(byte[] body)
    {
        List<(byte, byte[])> frames = [];
        for (int at = 0; at < body.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(at + 1));
            frames.Add((body[at], body[(at + 5)..(at + 5 + length)]));
            at += 5 + length;
        }

        return frames;
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using MemoryStream target = new();
        using (GZipStream gzip = new(target, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return target.ToArray();
    }

    public static byte[] Gunzip(byte[] bytes)
    {
        using GZipStream gzip = new(new MemoryStream(bytes), CompressionMode.Decompress);
        using MemoryStream target = new();
        gzip.CopyTo(target);
        return target.ToArray();
    }

    public static async Task<RawAnswer> PostAsync(
        HttpClient http, string method, string contentType, byte[] body, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, $"/linkage.transport.test.Probe/{method}")
        {
            Content = new ByteArrayContent(body),
            Version = http.DefaultRequestVersion,
            VersionPolicy = http.DefaultVersionPolicy,
        };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        foreach ((string name, string value) in headers)
        {
            HttpHeaders target = name.StartsWith("content-", StringComparison.Ordinal)
                ? request.Content.Headers
                : request.Headers;
            Assert.True(target.TryAddWithoutValidation(name, value));
        }

        using HttpResponseMessage response = await http.SendAsync(request);
        byte[] answer = await response.Content.ReadAsByteArrayAsync();
        return new RawAnswer(
            (int)response.StatusCode,
            Fields(response.Headers.Concat(response.Content.Headers)),
            Fields(response.TrailingHeaders),
            answer);
    }

    private static Dictionary<string, string> Fields(IEnumerable<KeyValuePair<string, IEnumerable<string>>> fields) =>
        fields.ToDictionary(
            field => field.Key, field => string.Join(", ", field.Value), StringComparer.OrdinalIgnoreCase);
}

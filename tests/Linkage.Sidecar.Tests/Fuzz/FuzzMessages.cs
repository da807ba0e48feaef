using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Linkage.Sidecar.Tests.Services.Owner.Support;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Fuzz;

/// <summary>Draws messages by their descriptors: mostly what a caller would send, or what the type allows.</summary>
internal sealed class FuzzMessages
{
    private const int MostDepth = 4;

    private static readonly long[] Numbers =
        [0, 0, 1, 1, 2, 7, 10, 100, 65_536, -1, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue];

    private static readonly double[] Reals = [0, 0.5, 1, -1, double.NaN, double.PositiveInfinity, 1e300, 5e-324];

    private readonly FuzzNames _names;

    public FuzzMessages(FuzzNames names)
    {
        _names = names;
    }

    /// <summary>The messages of one call.</summary>
    public List<IMessage> DrawAll(MethodDescriptor method, FuzzRandom random)
    {
        if (!method.IsClientStreaming)
        {
            return [Draw(method.InputType, random, 0)];
        }

        if (random.Chance(50) && Sequence(method.Name, random) is { } sequence)
        {
            return sequence;
        }

        return [.. Enumerable.Range(0, random.Below(4)).Select(_ => Draw(method.InputType, random, 0))];
    }

    private List<IMessage>? Sequence(string method, FuzzRandom random)
    {
        switch (method)
        {
            case "UploadChunk":
                int first = random.Below(_names.Chunks.Count);
                UploadChunkRequest start = _names.Chunks[first].Clone();
                start.UploadId = _names.Chunks[0].UploadId;
                return [start, .. _names.Chunks.Skip(first + 1).Take(1)];
            case "Encode":
                return
                [
                    new EncodeRequest { Start = Start(random) },
                    new EncodeRequest { Records = Records(random) },
                    new EncodeRequest { Finish = new EncodeFinish { RecordCount = 3 } },
                ];
            case "EncodeStream":
                return
                [
                    new EncodeStreamRequest { Start = Start(random) },
                    new EncodeStreamRequest { Records = Records(random) },
                    new EncodeStreamRequest { Finish = new EncodeFinish { RecordCount = 3 } },
                ];
            default:
                return null;
        }
    }

    private static EncodeStart Start(FuzzRandom random)
    {
        EncodeStart start = OwnerCalls.Start();
        start.IdempotencyKey = random.Pick(FuzzNames.Keys);
        start.Destination.FileName = $"fuzz-{random.Below(4)}.lke";
        return start;
    }

    private static EncodeRecords Records(FuzzRandom random)
    {
        EncodeRecords records = OwnerCalls.Records(0, 3);
        records.Records[random.Below(3)].Fields["given"] = random.Pick(FuzzNames.OddTexts);
        return records;
    }

    private IMessage Draw(MessageDescriptor type, FuzzRandom random, int depth)
    {
        if (random.Chance(80) && Sound(type) is { } sound)
        {
            Refill(sound, random);
            return sound;
        }

        IMessage message = type.Parser.ParseFrom(ByteString.Empty);
        foreach (FieldDescriptor field in type.Fields.InDeclarationOrder())
        {
            if (random.Chance(80))
            {
                Fill(message, field, random, depth);
            }
        }

        return message;
    }

    private IMessage? Sound(MessageDescriptor type) => type.Name switch
    {
        nameof(Terms) => _names.Terms.Clone(),
        nameof(EncodingFacts) => _names.Announcement.Facts.Clone(),
        nameof(BeginUploadRequest) => _names.Announcement.Clone(),
        _ => null,
    };

    private void Refill(IMessage sound, FuzzRandom random)
    {
        if (random.Chance(70))
        {
            IList<FieldDescriptor> fields = sound.Descriptor.Fields.InDeclarationOrder();
            Fill(sound, fields[random.Below(fields.Count)], random, 1);
        }
    }

    private void Fill(IMessage message, FieldDescriptor field, FuzzRandom random, int depth)
    {
        if (field.FieldType == FieldType.Message && depth >= MostDepth)
        {
            return;
        }

        if (field.IsMap)
        {
            IDictionary map = (IDictionary)field.Accessor.GetValue(message);
            foreach (string name in new[] { "given", "family", random.Pick(FuzzNames.OddTexts) })
            {
                map[name] = Text(field.Name, random);
            }
        }
        else if (field.IsRepeated)
        {
            IList list = (IList)field.Accessor.GetValue(message);
            for (int count = random.Below(4); count > 0; count--)
            {
                list.Add(Value(field, random, depth));
            }
        }
        else
        {
            field.Accessor.SetValue(message, Value(field, random, depth));
        }
    }

    private object Value(FieldDescriptor field, FuzzRandom random, int depth)
    {
        long number = random.Pick(Numbers);
        return field.FieldType switch
        {
            FieldType.Message => Draw(field.MessageType, random, depth + 1),
            FieldType.String => Text(field.Name, random),
            FieldType.Bytes => ByteString.CopyFrom(random.Bytes(random.Below(80))),
            FieldType.Bool => random.Chance(50),
            FieldType.Enum => random.Chance(80) ? random.Below(field.EnumType.Values.Count) : (int)number,
            FieldType.Int32 => (int)number,
            FieldType.Fixed32 or FieldType.UInt32 => (uint)number,
            FieldType.UInt64 or FieldType.Fixed64 => (ulong)number,
            FieldType.Double => random.Pick(Reals),
            _ => number,
        };
    }

    private string Text(string field, FuzzRandom random) => random.Chance(25)
        ? random.Pick(FuzzNames.OddTexts)
        : field switch
        {
            "project_id" => random.Pick(_names.Projects),
            "upload_id" => random.Pick(_names.Uploads),
            "run_id" => random.Pick(_names.Runs),
            "idempotency_key" => random.Pick(FuzzNames.Keys),
            "party" or "subject" => random.Pick(_names.Callers),
            "name" => random.Chance(50) ? FuzzWorld.ProjectName : OwnerFolder.SchemaName,
            "schema" => OwnerFolder.SchemaName,
            "key" => OwnerFolder.KeyName,
            "file_name" => $"fuzz-{random.Below(4)}.lke",
            "map_file_name" => $"fuzz-{random.Below(4)}.map.csv",
            "page_token" or "columns" => string.Empty,
            _ => Convert.ToHexStringLower(random.Bytes(random.Pick([8, 16, 32]))),
        };
}

using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using Google.Protobuf;
using Linkage.Core.Scoring;
using Linkage.V1;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Runs.Results;

/// <summary>The results of runs as numbered rows, from any position on. Thread-safe.</summary>
internal sealed class ResultStreams
{
    /// <summary>Rows of a message; it stays far under the size that clients take by default.</summary>
    public const int RowsPerMessage = 2000;

    private const int PlacesPerMessage = 1 << 16;

    private readonly Stored.UnitStore _store;

    public ResultStreams(Stored.UnitStore store)
    {
        _store = store;
    }

    /// <summary>The link ids of a party's own records.</summary>
    public async IAsyncEnumerable<StreamOwnLinksResponse> OwnLinksAsync(
        StreamOwnLinksRequest request, string party, [EnumeratorCancellation] CancellationToken cancellation)
    {
        RunOutcome outcome = Find(request.RunId, Stored.OutputType.LinkIds);
        using RowTable table = await outcome.OpenAsync(
            Stored.SegmentKind.Entities, ResultNames.OwnLinks(party), RowLengths.OwnLink, cancellation);
        await foreach ((long position, ReadOnlyMemory<byte> part) in PartsAsync(
            outcome, table, request.StartPosition, RowsPerMessage, cancellation))
        {
            IEnumerable<byte[]> rows = part.ToArray().Chunk(RowLengths.OwnLink);
            yield return new StreamOwnLinksResponse
            {
                Position = position,
                TotalRows = table.Count,
                Links =
                {
                    rows.Select(row => new OwnLink
                    {
                        Handle = RowCells.ReadId(row),
                        LinkId = RowCells.ReadId(row.AsSpan(RowLengths.Id)),
                    }),
                },
            };
        }
    }

    /// <summary>The kept pairs.</summary>
    public async IAsyncEnumerable<StreamPairsResponse> PairsAsync(
        StreamPairsRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        RunOutcome outcome = Find(request.RunId, Stored.OutputType.Groups);
        RunSummary summary = await outcome.ReadSummaryAsync(cancellation);
        int rowLength = RowLengths.Pair(summary.PatternLength);
        using RowTable table = await outcome.OpenAsync(
            Stored.SegmentKind.Pairs, ResultNames.Pairs, rowLength, cancellation);
        await foreach ((long position, ReadOnlyMemory<byte> part) in PartsAsync(
            outcome, table, request.StartPosition, RowsPerMessage, cancellation))
        {
            IEnumerable<byte[]> rows = part.ToArray().Chunk(rowLength);
            yield return new StreamPairsResponse
            {
                Position = position,
                TotalRows = table.Count,
                Pairs = { rows.Select(row => PairOf(row, summary.Parties)) },
            };
        }
    }

    /// <summary>The new places of a party's own records.</summary>
    public async IAsyncEnumerable<StreamPermutationResponse> PlacementAsync(
        StreamPermutationRequest request, string party, [EnumeratorCancellation] CancellationToken cancellation)
    {
        RunOutcome outcome = Find(request.RunId, Stored.OutputType.PermutationAndMask);
        using RowTable table = await outcome.OpenAsync(
            Stored.SegmentKind.Entities, ResultNames.Placement(party), RowLengths.Placement, cancellation);
        await foreach ((long position, ReadOnlyMemory<byte> part) in PartsAsync(
            outcome, table, request.StartPosition, RowsPerMessage, cancellation))
        {
            IEnumerable<byte[]> rows = part.ToArray().Chunk(RowLengths.Placement);
            yield return new StreamPermutationResponse
            {
                Position = position,
                TotalRows = table.Count,
                Placed = new PlacedRecords
                {
                    Records =
                    {
                        rows.Select(row => new PlacedRecord
                        {
                            Handle = RowCells.ReadId(row),
                            Place = BinaryPrimitives.ReadInt64LittleEndian(row.AsSpan(RowLengths.Id)),
                        }),
                    },
                },
            };
        }
    }

    /// <summary>The mask.</summary>
    public async IAsyncEnumerable<StreamPermutationResponse> MaskAsync(
        StreamPermutationRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        RunOutcome outcome = Find(request.RunId, Stored.OutputType.PermutationAndMask);
        using RowTable table = await outcome.OpenAsync(
            Stored.SegmentKind.Entities, ResultNames.Mask, RowLengths.MaskPlace, cancellation);
        await foreach ((long position, ReadOnlyMemory<byte> places) in PartsAsync(
            outcome, table, request.StartPosition, PlacesPerMessage, cancellation))
        {
            yield return new StreamPermutationResponse
            {
                Position = position,
                TotalRows = table.Count,
                Mask = new MaskPart { Bits = Pack(places.Span), Places = places.Length },
            };
        }
    }

    /// <summary>Refuses a position that no stream of so many rows has.</summary>
    /// <exception cref="RunRefusedException">It is under 0 or over the number of rows.</exception>
    internal static void RequirePosition(long position, long total)
    {
        if (position < 0 || position > total)
        {
            throw new RunRefusedException(ErrorReason.BadFields, $"start_position is 0 to {total}.");
        }
    }

    // Looked at before every message: what was withdrawn meanwhile is sent to nobody.
    private static async IAsyncEnumerable<(long Position, ReadOnlyMemory<byte> Rows)> PartsAsync(
        RunOutcome outcome,
        RowTable table,
        long start,
        int most,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        RequirePosition(start, table.Count);
        for (long position = start; position < table.Count; position += most)
        {
            outcome.RequireStillThere();
            yield return (position, await table.ReadAsync(position, most, cancellation));
        }
    }

    private static ScoredRecordPair PairOf(ReadOnlySpan<byte> row, IReadOnlyList<string> parties)
    {
        const int Record = sizeof(int) + RowLengths.Id;
        ReadOnlySpan<byte> findings = row[(2 * Record)..];
        return new ScoredRecordPair
        {
            Left = RecordOf(row, parties),
            Right = RecordOf(row[Record..], parties),
            Weight = BinaryPrimitives.ReadDoubleLittleEndian(findings),
            Probability = BinaryPrimitives.ReadDoubleLittleEndian(findings[sizeof(double)..]),
            Decision = (Decision)findings[2 * sizeof(double)] switch
            {
                Decision.Match => LinkDecision.Match,
                Decision.Possible => LinkDecision.Possible,
                _ => LinkDecision.NonMatch,
            },
            Pattern = Encoding.ASCII.GetString(findings[((2 * sizeof(double)) + 1)..]),
        };
    }

    private static RecordHandle RecordOf(ReadOnlySpan<byte> cells, IReadOnlyList<string> parties) => new()
    {
        Party = parties[BinaryPrimitives.ReadInt32LittleEndian(cells)],
        Handle = RowCells.ReadId(cells[sizeof(int)..]),
    };

    private static ByteString Pack(ReadOnlySpan<byte> places)
    {
        byte[] bits = new byte[(places.Length + 7) / 8];
        for (int place = 0; place < places.Length; place++)
        {
            bits[place / 8] |= (byte)(places[place] << (place % 8));
        }

        return UnsafeByteOperations.UnsafeWrap(bits);
    }

    private RunOutcome Find(string runId, Stored.OutputType output)
    {
        var outcome = RunOutcome.Find(_store, runId);
        outcome.RequireOutput(output);
        return outcome;
    }
}

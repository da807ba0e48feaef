"""What an agency does: encode inside its own walls, upload, and read its own link ids."""

import csv
import hashlib
import json
import pathlib
import secrets
import struct

from linkage.v1 import (encoding_pb2, encoding_pb2_grpc, exchange_pb2, exchange_pb2_grpc, files_pb2, linkage_pb2_grpc,
                        project_pb2, project_pb2_grpc, results_pb2)

import connect

DEADLINE = 60  # seconds; every call has one, but those that watch
RECORDS_A_MESSAGE = 500
CHUNKS_A_STREAM = 16


class Agency:
    """A party: `home` is the directory of its own process, `clients` that of its certificate for the unit."""

    def __init__(self, name, home: pathlib.Path, unit_address, authority, clients):
        self.name, self._home = name, home
        own = connect.owner(home / "run" / "sidecar.sock", home / "clients" / f"{name}.token")
        self.encoding = encoding_pb2_grpc.EncodingServiceStub(own)
        unit = connect.unit(unit_address, authority, clients, name)
        self.projects = project_pb2_grpc.ProjectServiceStub(unit)
        self.exchange = exchange_pb2_grpc.ExchangeServiceStub(unit)
        self.linkage = linkage_pb2_grpc.LinkageServiceStub(unit)

    def encode(self, records: pathlib.Path, schema, key) -> files_pb2.EncodedFileSummary:
        """Streams a CSV file to the agency's own process, which writes an encoded file and a map."""
        with records.open(newline="", encoding="utf-8") as file:
            return self.encoding.Encode(self._messages(csv.reader(file), schema, key), timeout=10 * DEADLINE).file

    def _messages(self, rows, schema, key):
        # Only what the schema names is sent. The first column is the agency's own id.
        header = next(rows)
        text = self.encoding.GetSchema(encoding_pb2.GetSchemaRequest(name=schema), timeout=DEADLINE).text
        fields = {field["name"] for field in json.loads(text)["fields"]}
        wanted = [i for i in range(1, len(header)) if header[i] in fields]
        yield encoding_pb2.EncodeRequest(start=encoding_pb2.EncodeStart(
            idempotency_key=secrets.token_hex(16), schema=schema, key=key, party=self.name,
            value_names=[header[i] for i in wanted],
            destination=encoding_pb2.EncodeDestination(file_name=f"{self.name}.lke")))
        count, batch = 0, []
        for row in rows:
            batch.append(encoding_pb2.SourceRecord(source_id=row[0], values=[row[i] for i in wanted]))
            if len(batch) == RECORDS_A_MESSAGE:
                yield _records(batch, count)
                count, batch = count + len(batch), []
        if batch:
            yield _records(batch, count)
        yield encoding_pb2.EncodeRequest(finish=encoding_pb2.EncodeFinish(record_count=count + len(batch)))

    def facts(self) -> files_pb2.EncodingFacts:
        """What the encoded file says of itself: see docs/file-format.md."""
        with self._encoded().open("rb") as file:
            prefix = file.read(64)
            header = json.loads(file.read(struct.unpack_from("<I", prefix, 12)[0]).rstrip(b"\0"))
        return files_pb2.EncodingFacts(
            key_project=header["project"], key_id=header["keyId"], epoch=header["epoch"],
            check_value=header["checkValue"], encoding_fingerprint=header["encodingFingerprint"],
            party=header["party"], record_count=header["records"])

    def approve(self, project_id, expected: project_pb2.Terms):
        """Approves what the agency has looked at, and nothing else."""
        terms = self.projects.GetProject(
            project_pb2.GetProjectRequest(project_id=project_id), timeout=DEADLINE).project.terms
        for field in ("encoding_fingerprint", "key_id", "check_value", "output_type", "schema_text"):
            if getattr(terms, field) != getattr(expected, field):
                raise RuntimeError(f"the terms have another {field} than was agreed on")
        return self.projects.ApproveTerms(project_pb2.ApproveTermsRequest(
            project_id=project_id, terms_digest=terms.digest), timeout=DEADLINE).project

    def upload(self, project_id) -> str:
        """Uploads the encoded file in chunks. What is acknowledged is never sent again, whatever happens between."""
        path = self._encoded()
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        upload = self.exchange.BeginUpload(exchange_pb2.BeginUploadRequest(
            idempotency_key=secrets.token_hex(16), project_id=project_id, size=path.stat().st_size, sha256=digest,
            facts=self.facts()), timeout=DEADLINE).upload
        while missing := _missing(upload):
            self.exchange.UploadChunk(_chunks(upload, path, missing[:CHUNKS_A_STREAM]), timeout=DEADLINE)
            upload = self.exchange.GetUpload(
                exchange_pb2.GetUploadRequest(upload_id=upload.id), timeout=DEADLINE).upload
        self.exchange.CompleteUpload(exchange_pb2.CompleteUploadRequest(upload_id=upload.id), timeout=DEADLINE)
        return upload.id

    def preflight(self, project_id, upload_id) -> exchange_pb2.PreflightResponse:
        """Asks whether the file fits, before anybody starts a run."""
        return self.exchange.Preflight(
            exchange_pb2.PreflightRequest(project_id=project_id, upload_id=upload_id), timeout=DEADLINE)

    def links(self, run_id) -> list:
        """Reads the link ids of the agency's own records; takes nothing for the whole before all are there."""
        links, total = [], 0
        for part in self.linkage.StreamOwnLinks(
                results_pb2.StreamOwnLinksRequest(run_id=run_id), timeout=10 * DEADLINE):
            links.extend(part.links)
            total = part.total_rows
        if len(links) != total:
            raise RuntimeError(f"{len(links)} of {total} link ids came")
        return links

    def resolve(self, links) -> dict:
        """Puts link ids to the agency's own ids, inside its own walls: source id to link id."""
        def messages():
            for start in range(0, len(links), RECORDS_A_MESSAGE):
                yield encoding_pb2.ResolveRequest(
                    map_file_name=self._map if start == 0 else "", links=links[start:start + RECORDS_A_MESSAGE])
        return {link.source_id: link.link_id
                for part in self.encoding.Resolve(messages(), timeout=10 * DEADLINE) for link in part.links}

    def remember(self, summary: files_pb2.EncodedFileSummary):
        """Keeps the name of the map, which `resolve` needs."""
        self._map = summary.map_file_name

    def _encoded(self):
        return self._home / "output" / f"{self.name}.lke"


def _records(batch, already):
    return encoding_pb2.EncodeRequest(records=encoding_pb2.EncodeRecords(records=batch, first_record=already))


def _missing(upload):
    """Offsets of the chunks that the unit does not have."""
    return [offset for offset in range(0, upload.size, upload.chunk_size)
            if not any(known.start <= offset < known.end for known in upload.acknowledged)]


def _chunks(upload, path, offsets):
    with path.open("rb") as file:
        for offset in offsets:
            file.seek(offset)
            data = file.read(upload.chunk_size)
            yield exchange_pb2.UploadChunkRequest(
                upload_id=upload.id, offset=offset, data=data, sha256=hashlib.sha256(data).digest())

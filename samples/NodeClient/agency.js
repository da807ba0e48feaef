// What an agency does: encode inside its own walls, upload, and read its own link ids.
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { owner, unit } from './connect.js';

const recordsAMessage = 500;
const chunksAStream = 16;

export const newKey = () => randomBytes(16).toString('hex');

/** The rows of a CSV file without line breaks inside quotes; a real client takes a library. */
export function readCsv(path) {
  return readFileSync(path, 'utf8').trimEnd().split('\n').map(line =>
    [...`,${line}`.matchAll(/,("(?:[^"]|"")*"|[^,]*)/g)]
      .map(([, cell]) => cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell));
}

export class Agency {
  /** `home` is the directory of its own process, `unitHome` the one with its certificate for the unit. */
  constructor(name, home, unitAddress, unitHome, fileName = `${name}.lke`) {
    this.name = name;
    this.fileName = fileName;
    this.file = join(home, 'output', fileName);
    this.encoding = owner(home, name);
    this.unit = unit(unitAddress, unitHome, name);
  }

  /** Streams a CSV file, or its first records, to the agency's own process, which writes an encoded file and a map. */
  async encode(records, schema, key, count = Infinity) {
    const { text } = await this.encoding.GetSchema({ name: schema });
    const fields = JSON.parse(text).fields.map(field => field.name);
    const { file } = await this.encoding.Encode(this.#messages(records, schema, key, fields, count));
    this.map = file.mapFileName;
    return file;
  }

  * #messages(path, schema, key, fields, count) {
    const [header, ...all] = readCsv(path);
    const rows = all.slice(0, count);
    // Only what the schema names is sent. The first column is the agency's own id.
    const wanted = header.map((_, i) => i).filter(i => i > 0 && fields.includes(header[i]));
    yield {
      start: {
        idempotencyKey: newKey(), schema, key, party: this.name, valueNames: wanted.map(i => header[i]),
        destination: { fileName: this.fileName },
      },
    };
    for (let first = 0; first < rows.length; first += recordsAMessage) {
      const records = rows.slice(first, first + recordsAMessage)
        .map(row => ({ sourceId: row[0], values: wanted.map(i => row[i]) }));
      yield { records: { records, firstRecord: first } };
    }
    yield { finish: { recordCount: rows.length } };
  }

  /** What the encoded file says of itself: see docs/file-format.md. */
  async facts() {
    const file = await open(this.file);
    try {
      const { buffer: prefix } = await file.read(Buffer.alloc(64), 0, 64, 0);
      const length = prefix.readUInt32LE(12);
      const { buffer } = await file.read(Buffer.alloc(length), 0, length, 64);
      const header = JSON.parse(buffer.toString('utf8').replace(/\0+$/, ''));
      return {
        keyProject: header.project, keyId: header.keyId, epoch: header.epoch, checkValue: header.checkValue,
        encodingFingerprint: header.encodingFingerprint, party: header.party, recordCount: header.records,
      };
    } finally {
      await file.close();
    }
  }

  /** Approves what the agency has looked at, and nothing else. */
  async approve(projectId, expected) {
    const { project: { terms } } = await this.unit.projects.GetProject({ projectId });
    for (const field of ['encodingFingerprint', 'keyId', 'checkValue', 'outputType', 'schemaText']) {
      if (terms[field] !== expected[field]) {
        throw new Error(`the terms have another ${field} than was agreed on`);
      }
    }
    return (await this.unit.projects.ApproveTerms({ projectId, termsDigest: terms.digest })).project;
  }

  /** Uploads the encoded file in chunks. What is acknowledged is never sent again, whatever happens between. */
  async upload(projectId) {
    const digest = createHash('sha256');
    for await (const piece of createReadStream(this.file)) {
      digest.update(piece);
    }
    let { upload } = await this.unit.exchange.BeginUpload({
      idempotencyKey: newKey(), projectId, size: (await stat(this.file)).size, sha256: digest.digest('hex'),
      facts: await this.facts(),
    });
    for (let missing; (missing = offsets(upload)).length > 0;) {
      await this.unit.exchange.UploadChunk(this.#chunks(upload, missing.slice(0, chunksAStream)));
      ({ upload } = await this.unit.exchange.GetUpload({ uploadId: upload.id }));
    }
    await this.unit.exchange.CompleteUpload({ uploadId: upload.id });
    return upload.id;
  }

  async * #chunks(upload, missing) {
    const file = await open(this.file);
    try {
      for (const offset of missing) {
        const length = Math.min(upload.chunkSize, Number(upload.size) - offset);
        const { buffer: data } = await file.read(Buffer.alloc(length), 0, length, offset);
        yield { uploadId: upload.id, offset, data, sha256: createHash('sha256').update(data).digest() };
      }
    } finally {
      await file.close();
    }
  }

  /** Reads the link ids of the agency's own records; takes nothing for the whole before all are there. */
  async links(runId) {
    const links = [];
    let total = 0;
    for await (const part of this.unit.linkage.StreamOwnLinks({ runId })) {
      links.push(...part.links);
      total = Number(part.totalRows);
    }
    if (links.length !== total) {
      throw new Error(`${links.length} of ${total} link ids came`);
    }
    return links;
  }

  /** Puts link ids to the agency's own ids, inside its own walls: source id to link id. */
  async resolve(links) {
    const messages = [];
    for (let first = 0; first < links.length; first += recordsAMessage) {
      messages.push({ mapFileName: first === 0 ? this.map : '', links: links.slice(first, first + recordsAMessage) });
    }
    const resolved = new Map();
    for await (const part of this.encoding.Resolve(messages)) {
      part.links.forEach(link => resolved.set(link.sourceId, link.linkId));
    }
    return resolved;
  }

  close() {
    [this.encoding, ...Object.values(this.unit)].forEach(client => client.close());
  }
}

/** Offsets of the chunks that the unit does not have. */
function offsets(upload) {
  const missing = [];
  for (let offset = 0; offset < Number(upload.size); offset += upload.chunkSize) {
    if (!upload.acknowledged.some(known => Number(known.start) <= offset && offset < Number(known.end))) {
      missing.push(offset);
    }
  }
  return missing;
}

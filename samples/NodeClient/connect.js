// How a client reaches the two kinds of process, by @grpc/grpc-js: the unit over mutual TLS, an owner's own process
// over a unix socket with a token.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';

const protos = join(import.meta.dirname, '../../src/Linkage.Sidecar/Protos');
const files = ['admin', 'agreement', 'audit', 'encoding', 'exchange', 'linkage', 'lookup', 'project']
  .map(name => `linkage/v1/${name}.proto`);
// 64-bit numbers come as strings, enum values by name.
const { linkage: { v1 } } = grpc.loadPackageDefinition(protoLoader.loadSync(
  files, { includeDirs: [protos], longs: String, enums: String, defaults: true, oneofs: true }));

const seconds = 60;

/** Clients of the unit's services for one caller. */
export function unit(address, home, name) {
  const read = path => readFileSync(join(home, path));
  const credentials = grpc.credentials.createSsl(
    read('tls/ca.pem'), read(`clients/${name}.key`), read(`clients/${name}.pem`));
  return {
    projects: wrap(new v1.ProjectService(address, credentials)),
    exchange: wrap(new v1.ExchangeService(address, credentials)),
    linkage: wrap(new v1.LinkageService(address, credentials)),
    agreements: wrap(new v1.AgreementService(address, credentials)),
    lookup: wrap(new v1.LookupService(address, credentials)),
    audit: wrap(new v1.AuditService(address, credentials)),
  };
}

/** A client of an owner's own process. */
export function owner(home, name) {
  const token = readFileSync(join(home, `clients/${name}.token`), 'utf8').trim();
  const metadata = new grpc.Metadata();
  metadata.set('authorization', `Bearer ${token}`);
  const address = `unix:${resolve(home, 'run/sidecar.sock')}`;
  const client = new v1.EncodingService(
    address, grpc.credentials.createInsecure(), { 'grpc.default_authority': 'localhost' });
  return wrap(client, metadata);
}

/** Calls as promises: unary with a message, client streaming with an iterable; server streaming gives an iterable. */
function wrap(client, metadata = new grpc.Metadata()) {
  const calls = {};
  for (const [name, method] of Object.entries(Object.getPrototypeOf(client).constructor.service)) {
    const options = () => ({ deadline: Date.now() + 1000 * seconds });
    if (method.requestStream && method.responseStream) {
      calls[name] = messages => {
        const call = client[name](metadata, options());
        send(call, messages).catch(error => call.destroy(error));
        return call;
      };
    } else if (method.requestStream) {
      calls[name] = messages => new Promise((done, fail) => {
        const call = client[name](metadata, options(), (error, answer) => error ? fail(error) : done(answer));
        send(call, messages).catch(error => { call.cancel(); fail(error); });
      });
    } else if (method.responseStream) {
      calls[name] = message => client[name](message, metadata, options());
    } else {
      const call = promisify(client[name]).bind(client);
      calls[name] = message => call(message, metadata, options());
    }
  }
  return { ...calls, close: () => client.close() };
}

// One message after the other, waiting where the server is slower than we are.
async function send(call, messages) {
  for await (const message of messages) {
    if (!call.write(message)) {
      await new Promise(ready => call.once('drain', ready));
    }
  }
  call.end();
}

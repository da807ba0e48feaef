// The Connect protocol, for scripts and browsers: by @connectrpc/connect-node with descriptors of the contract, and by
// plain fetch with JSON, for which nothing of the contract has to be generated.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFileRegistry, fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { Code, ConnectError, createClient } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import { Agent, fetch } from 'undici';

/** Reads a project and a run as a party, in every form that Connect has. */
export async function lookOverConnect({ unit, 'unit-home': home, descriptors }, party, projectId, runId) {
  const identity = {
    ca: readFileSync(join(home, 'tls/ca.pem')),
    cert: readFileSync(join(home, `clients/${party}.pem`)),
    key: readFileSync(join(home, `clients/${party}.key`)),
  };
  const contract = createFileRegistry(fromBinary(FileDescriptorSetSchema, readFileSync(descriptors)));
  for (const httpVersion of ['1.1', '2']) {
    for (const useBinaryFormat of [true, false]) {
      const transport = createConnectTransport(
        { baseUrl: `https://${unit}`, httpVersion, useBinaryFormat, nodeOptions: identity, defaultTimeoutMs: 60_000 });
      const projects = createClient(contract.getService('linkage.v1.ProjectService'), transport);
      const linkage = createClient(contract.getService('linkage.v1.LinkageService'), transport);
      const { project } = await projects.getProject({ projectId });
      let events = 0;
      for await (const event of linkage.watchRun({ runId })) {
        events += event.run.id === runId;
      }
      await refused(() => projects.createProject({ idempotencyKey: 'a'.repeat(16), name: 'not for a party' }));
      console.log(`connect-node, HTTP/${httpVersion}, ${useBinaryFormat ? 'protobuf' : 'JSON'}: `
        + `${project.parties.length} parties, ${events} event(s)`);
    }
  }

  const dispatcher = new Agent({ connect: identity });
  const response = await fetch(`https://${unit}/linkage.v1.ProjectService/GetProject`, {
    method: 'POST', dispatcher, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ projectId }),
  });
  const { project } = await response.json();
  await dispatcher.close();
  console.log(`fetch: ${response.status}, ${project.state}`);
}

async function refused(call) {
  try {
    await call();
  } catch (error) {
    if (ConnectError.from(error).code === Code.PermissionDenied) {
      return;
    }
    throw error;
  }
  throw new Error('a party could create a project');
}

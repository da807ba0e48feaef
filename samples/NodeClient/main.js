// Two agencies and a linkage unit, end to end: encode, agree, upload, link, download. See README.md.
import { parseArgs } from 'node:util';
import { status } from '@grpc/grpc-js';
import { Agency, newKey, readCsv } from './agency.js';
import { unit } from './connect.js';
import { lookOverConnect } from './overConnect.js';

const { values: options } = parseArgs({
  options: {
    unit: { type: 'string', default: 'localhost:5443' },
    'unit-home': { type: 'string' },
    agency: { type: 'string', multiple: true }, // NAME,HOME,CSV; twice
    schema: { type: 'string', default: 'people.schema.json' },
    key: { type: 'string', default: 'project.key' },
    descriptors: { type: 'string', default: 'generated/linkage.v1.binpb' },
  },
});
const { schema, key } = options;
const sites = options.agency.map(text => text.split(','));
const agencies = sites.map(([name, home]) => new Agency(name, home, options.unit, options['unit-home']));
const [first, second] = agencies;
const analyst = unit(options.unit, options['unit-home'], 'analyst');

// 1. The owners prove to each other that key, schema and software are the same. The texts may travel openly.
const { startText } = await first.encoding.StartKeyCheck({ schema, key });
const { answerText } = await second.encoding.AnswerKeyCheck({ schema, key, startText });
const mine = await first.encoding.FinishKeyCheck({ schema, key, startText, answerText });
const theirs = await second.encoding.FinishKeyCheck(
  { schema, key, startText, answerText, confirmationText: mine.confirmationText });
must(mine.same && theirs.same, 'key, schema or software differ');
console.log('key check: the same');

// 2. Each encodes within its own walls.
for (const [i, agency] of agencies.entries()) {
  const file = await agency.encode(sites[i][2], schema, key);
  console.log(`${agency.name}: ${file.recordCount} records in ${file.size} bytes`);
}

// 3. The analyst makes a project; a party proposes terms; every party approves them.
let { project } = await analyst.projects.CreateProject({ idempotencyKey: newKey(), name: 'Node sample' });
const projectId = project.id;
for (const { name } of agencies) {
  await analyst.projects.InviteParty({ idempotencyKey: newKey(), projectId, party: name });
}
const text = await first.encoding.GetSchema({ name: schema });
const { keyProject, keyId, epoch, checkValue } = await first.facts();
const terms = {
  encodingFingerprint: text.schema.encodingFingerprint, linkageFingerprint: text.schema.linkageFingerprint,
  schemaText: text.text, keyProject, keyId, epoch, checkValue,
  model: { estimate: {} }, outputType: 'OUTPUT_TYPE_OWN_LINK_IDS',
};
await first.unit.projects.ProposeTerms({ idempotencyKey: newKey(), projectId, terms });
for (const agency of agencies) {
  project = await agency.approve(projectId, terms);
}
console.log(`project: ${project.state}`);

// 4. Each uploads its encoded file; the plaintext and the map stay where they are.
for (const agency of agencies) {
  const uploadId = await agency.upload(projectId);
  const { checks } = await agency.unit.exchange.Preflight({ projectId, uploadId });
  console.log(`${agency.name}: uploaded, ${checks.length} checks`);
}

// 5. The analyst starts a run and watches it.
const { run } = await analyst.linkage.StartRun({ idempotencyKey: newKey(), projectId, options: { seed: '1' } });
let ended = run;
for await (const event of analyst.linkage.WatchRun({ runId: run.id })) {
  ended = event.run;
}
console.log(`run: ${ended.state}`);
must(ended.state === 'RUN_STATE_SUCCEEDED', `the run did not succeed: ${ended.failureReason}`);

// 6. A party can read its own link ids, and the analyst cannot: the terms say so.
try {
  for await (const part of analyst.linkage.StreamOwnLinks({ runId: run.id })) {
    must(part === undefined, 'the analyst could read the link ids of a party');
  }
} catch (error) {
  if (error.code !== status.PERMISSION_DENIED) {
    throw error;
  }
  console.log('the analyst is refused: PERMISSION_DENIED');
}
const linkIds = [];
for (const agency of agencies) {
  const resolved = await agency.resolve(await agency.links(run.id));
  linkIds.push(resolved);
  console.log(`${agency.name}: ${resolved.size} link ids`);
}

// 7. The same unit over Connect, by connect-node and by plain fetch.
await lookOverConnect(options, first.name, projectId, run.id);

// For this sample only: parties do not hold their link ids against each other unless they agreed to.
judge();
[...agencies, ...Object.values(analyst)].forEach(client => client.close());

function judge() {
  const [left, right] = sites.map(([, , path], i) => {
    const [header, ...rows] = readCsv(path);
    const truth = header.indexOf('truth_person_id');
    return new Map(rows.map(row => [row[truth], linkIds[i].get(row[0])]));
  });
  const others = new Set(right.values());
  const linked = [...left.values()].filter(id => others.has(id)).length;
  const both = [...left.keys()].filter(person => right.has(person));
  const correct = both.filter(person => left.get(person) === right.get(person)).length;
  const [precision, recall] = [correct / linked, correct / both.length];
  console.log(`links: ${linked}, precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`);
  must(precision >= 0.9 && recall >= 0.8, 'the links are not what they should be');
}

function must(holds, what) {
  if (!holds) {
    throw new Error(what);
  }
}

// A data steward's morning: how the agreement stands, what waits for whom, what became of link ids, and what was told
// to whom. See README.md.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Agency, newKey } from './agency.js';
import { unit } from './connect.js';

const { values: options } = parseArgs({
  options: {
    unit: { type: 'string', default: 'localhost:5443' },
    'unit-home': { type: 'string' },
    home: { type: 'string' }, // directory of the process of these agencies
    project: { type: 'string' },
    asking: { type: 'string' }, // the agency whose steward this is
    asked: { type: 'string' }, // one that decides case by case
    purpose: { type: 'string' }, // the purpose for which it does
    adding: { type: 'string' }, // NAME,CSV: one with a new record, the first of this file
    schema: { type: 'string', default: 'people.schema.json' },
    key: { type: 'string', default: 'project.key' },
  },
});
const { project: projectId, purpose } = options;
const [adding, csv] = options.adding.split(',');
const [own, asked, newcomer] = [options.asking, options.asked, adding]
  .map(name => unit(options.unit, options['unit-home'], name));
const auditor = unit(options.unit, options['unit-home'], 'auditor');

// 1. The agreement: who has signed, and until when it holds.
const { agreement } = await own.agreements.GetAgreement({ projectId });
console.log(`agreement ${agreement.name}, version ${agreement.version}: ${agreement.state}, `
  + `${agreement.signers.filter(signer => signer.signTime).length} of ${agreement.signers.length} have signed, `
  + `until ${day(agreement.expireTime)}`);
must(agreement.state === 'AGREEMENT_STATE_ACTIVE', 'the agreement is not in force');

// 2. What waits for whom. An agency that decides case by case is asked, and answers by its due time.
const { request } = await own.agreements.RequestRelease({
  idempotencyKey: newKey(), projectId, party: options.asked, purpose, caseReference: 'case-17',
});
const waiting = await list(asked.agreements);
waiting.forEach(item => console.log(
  `waits for ${item.party}: ${item.kind}, since ${day(item.sinceTime)}, due ${day(item.dueTime)}`
  + `${item.overdue ? ', OVERDUE' : ''}`));
must(waiting.some(item => item.request?.id === request.id), 'the release does not wait for the agency that was asked');
await asked.agreements.AnswerRelease({ projectId, requestId: request.id, released: true });
must(!(await list(own.agreements)).some(item => item.request?.id === request.id), 'an answered release still waits');
console.log(`${options.asked} has released case-17; overdue: ${(await list(own.agreements, true)).length}`);

// 3. A new record, and what it did to link ids.
const before = await changes(newcomer.lookup, '0');
const added = await addFirst();
const after = await changes(newcomer.lookup, before.at(-1)?.sequence ?? '0');
after.forEach(change => console.log(
  `change ${change.sequence}: ${change.kind}, ${change.records.length} own record(s)`));
must(after.some(change => change.records.some(one => one.record.handle === added.links[0].handle)),
  'the new record is in no change');

// 4. What was told to whom, under which clause; and a head to keep, against which the log can be checked later.
const { rows } = await own.audit.SummarizeDisclosures({ party: options.asking });
const { rows: theirs } = await auditor.audit.SummarizeDisclosures({ party: options.asked });
[...rows, ...theirs].forEach(row => console.log(
  `told to ${row.recipient} for ${row.purpose || '-'} under ${row.clause || '-'}: ${row.answers} answer(s), `
  + `${row.refusals} refused`));
must(theirs.some(row => row.recipient === options.asking), 'nothing of what was told is in the log');
const { head } = await auditor.audit.GetHead({});
console.log(`audit log: ${head.sequence} entries, signed ${day(head.signTime)}`);

[own, asked, newcomer, auditor].flatMap(Object.values).forEach(client => client.close());

async function list(agreements, overdueOnly = false) {
  const items = [];
  for (let pageToken = ''; ;) {
    const page = await agreements.ListWaiting({ projectId, pageToken, overdueOnly });
    items.push(...page.items);
    if ((pageToken = page.nextPageToken) === '') {
      return items;
    }
  }
}

async function changes(lookup, afterSequence) {
  const all = [];
  for (let more = true; more;) {
    const page = await lookup.GetLinkChanges({ projectId, afterSequence });
    all.push(...page.changes);
    afterSequence = page.changes.at(-1)?.sequence ?? afterSequence;
    ({ more } = page);
  }
  return all;
}

/** The first record of the file, encoded by the agency's own process and added at the unit. */
async function addFirst() {
  const agency = new Agency(adding, options.home, options.unit, options['unit-home'], `${adding}-added.lke`);
  await agency.encode(csv, options.schema, options.key, 1);
  const answer = await newcomer.lookup.AddRecords({
    idempotencyKey: newKey(), projectId, encodedRecords: readFileSync(join(options.home, 'output', agency.fileName)),
  });
  agency.close();
  return answer;
}

function day(time) {
  return time ? new Date(1000 * Number(time.seconds)).toISOString().slice(0, 10) : '-';
}

function must(holds, what) {
  if (!holds) {
    throw new Error(what);
  }
}

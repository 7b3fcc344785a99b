import { Database } from './database.ts';
import { defaultName } from './fixtures.ts';
import type { Situation } from './verdict.ts';
import type { Recorded, Trail } from './trail.ts';

/** What is wrong with the records: gaps, doubles, and signatures of which nobody knows. */
export function verdictOfTrail({ world, trail, acknowledged, model }: Situation): string[] {
  using database = new Database(world.dataDirectory);
  trail.read(database);
  return [
    ...wrongRecords(trail, acknowledged),
    ...wrongReceipts(trail, database, presentEpoch(world.log())),
    ...wrongSignatures(trail, database, model.requestedNames),
  ];
}

/** Each call that was answered has one record, which says what was answered. */
function wrongRecords(trail: Trail, acknowledged: Situation['acknowledged']): string[] {
  const byRequest = Map.groupBy(trail.records.values(), ({ requestID }) => requestID);
  const wrong = [...byRequest.values()]
    .filter((records) => records.length > 1)
    .map((records) => `${records.length} records of ${records[0]?.eventName} are of one call`);
  for (const { requestId, eventName, errorCode } of acknowledged) {
    const record = byRequest.get(requestId)?.[0];
    if (record === undefined) wrong.push(`${eventName} ${requestId} is not on record`);
    else if (record.eventName !== eventName || record.errorCode !== errorCode)
      wrong.push(`${eventName} is on record as ${record.eventName} ${record.errorCode ?? ''}`);
  }
  return wrong;
}

/**
 * No use of a key is recorded twice. In the present life of the vault every use is on record; of an earlier one,
 * which was cut off, the record of its end names what is not.
 */
function wrongReceipts(trail: Trail, database: Database, present: string): string[] {
  const begun = database.rows<{ epoch: string }>('SELECT epoch FROM vault_epoch');
  const wrong: string[] = [];
  for (const epoch of new Set([...trail.receipts.keys(), ...begun.map((row) => row.epoch)])) {
    const numbers = trail.receipts.get(epoch) ?? new Map<number, Recorded>();
    for (const [n, { in: records }] of numbers)
      if (records.length > 1)
        wrong.push(`receipt ${n} is in ${records.map(({ eventName }) => eventName).join(' and ')}`);
    const gaps = trail.gapsOf(epoch);
    if (epoch === present) {
      if (gaps.length > 0) wrong.push(`receipts ${gaps.join()} are not on record`);
      continue;
    }
    const last = trail.endsOf(epoch).at(-1);
    const said = last?.['missingReceipts'] ?? [];
    if (last === undefined) wrong.push(`the end of the vault's life ${epoch} is not on record`);
    else if (last['lastRecordedReceipt'] !== Math.max(0, ...numbers.keys()))
      wrong.push(`the end of ${epoch} is recorded with another last receipt`);
    else if (JSON.stringify(said) !== JSON.stringify(ranges(gaps)))
      wrong.push(`of ${epoch} receipts ${gaps.join()} are missing, not ${JSON.stringify(said)}`);
  }
  return wrong;
}

/** What the authority signed was written down before, for a name that somebody asked for. */
function wrongSignatures(
  trail: Trail,
  database: Database,
  requestedNames: ReadonlySet<string>,
): string[] {
  const rows = database.rows<{ tbs_digest: string; subject: string }>(
    'SELECT tbs_digest, subject FROM ca_certificate',
  );
  const subjectOf = new Map(rows.map((row) => [row.tbs_digest, row.subject]));
  const wrong: string[] = [];
  for (const numbers of trail.receipts.values()) {
    for (const { receipt } of numbers.values()) {
      if (receipt.operation !== 'signCertificate') continue;
      const subject = subjectOf.get(receipt.contextHash);
      if (subject === undefined) wrong.push(`receipt ${receipt.n}: nobody knows what was signed`);
      else if (subject.endsWith('.test') && !requestedNames.has(subject) && subject !== defaultName)
        wrong.push(`${subject} was certified, and nobody had asked for it`);
    }
  }
  return wrong;
}

/** `[1, 2, 3, 7]` → `[[1, 3], [7, 7]]`. */
export function ranges(numbers: readonly number[]): [number, number][] {
  const all: [number, number][] = [];
  for (const n of numbers) {
    const last = all.at(-1);
    if (last !== undefined && last[1] === n - 1) last[1] = n;
    else all.push([n, n]);
  }
  return all;
}

/** Of the vault that was opened last. */
function presentEpoch(log: string): string {
  return [...log.matchAll(/"the vault is open","epoch":"([0-9a-f]+)"/g)].at(-1)?.[1] ?? '';
}

import {
  existsSync,
  linkSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** How many of so many changes that were not synced reach the disk nevertheless. */
export type Survival = (changes: number) => number;

export const nothingSurvives: Survival = () => 0;

/** Each sector for itself. */
export function torn(random: () => number): Survival {
  return (changes) => Math.floor(random() * (changes + 1));
}

const sectorBytes = 512;

const kinds = [
  '',
  'written',
  'cut',
  'synced',
  'sync-failed',
  'created',
  'renamed',
  'unlinked',
] as const;

/** See faulty-disk.c. */
interface Entry {
  readonly kind: (typeof kinds)[number];
  readonly offset: number;
  readonly length: number;
  /** Of the file, before. */
  readonly size: number;
  readonly before: Buffer;
}

/** Leaves below `root` what a power cut could have left, and begins the journals anew. No process may run any more. */
export function undoUnsynced(root: string, journals: string, survival: Survival): void {
  const names = readdirSync(journals);
  const lost = names.filter((name) => name.startsWith('lost-')).map((name) => join(journals, name));
  const there = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) =>
    join(root, name),
  );
  const withJournal = [root, ...there, ...lost].flatMap((path) => {
    const status = statSync(path);
    const journal = join(journals, String(status.ino));
    return existsSync(journal)
      ? [{ path, isFile: status.isFile(), entries: entriesOf(journal) }]
      : [];
  });
  for (const { path, isFile, entries } of withJournal)
    if (isFile) undoWrites(path, entries, survival);
  for (const { isFile, entries } of withJournal)
    if (!isFile) undoNames(journals, entries, survival);
  for (const name of names) if (name !== 'control') rmSync(join(journals, name));
}

function entriesOf(journal: string): Entry[] {
  const bytes = readFileSync(journal);
  const entries: Entry[] = [];
  for (let at = 0; at + 40 <= bytes.length;) {
    const number = (place: number): number => Number(bytes.readBigInt64LE(at + place * 8));
    const end = at + 40 + number(4);
    // Of a change that did not come to be.
    if (end > bytes.length) break;
    entries.push({
      kind: kinds[number(0)] ?? '',
      offset: number(1),
      length: number(2),
      size: number(3),
      before: bytes.subarray(at + 40, end),
    });
    at = end;
  }
  return entries;
}

/** A sector, or the size of a file: it goes from one state to the next, and the last ones may be lost. */
interface Unit {
  changes: number;
  durable: number;
  isDirty: boolean;
}

function undoWrites(path: string, entries: readonly Entry[], survival: Survival): void {
  const size: Unit = { changes: 0, durable: 0, isDirty: false };
  const first = entries.find(({ kind }) => kind === 'written' || kind === 'cut');
  if (first === undefined) return;
  const sizes = [first.size];
  const sectors = new Map<number, Unit>();
  const change = (unit: Unit): void => {
    unit.changes += 1;
    unit.isDirty = true;
  };
  for (const entry of entries) {
    for (const each of sectorsOf(entry)) change(unitOf(sectors, each));
    const after = sizeAfter(entry);
    if (after !== undefined) {
      change(size);
      sizes.push(after);
    }
    if (entry.kind === 'synced' || entry.kind === 'sync-failed')
      for (const unit of [size, ...sectors.values()]) synced(unit, entry.kind === 'synced');
  }
  const kept = new Map<Unit, number>();
  for (const unit of [size, ...sectors.values()])
    kept.set(unit, unit.durable + survival(unit.changes - unit.durable));
  const sizeKept = sizes[kept.get(size) ?? 0] ?? 0;
  const image = Buffer.alloc(Math.max(...sizes));
  readFileSync(path).copy(image);
  for (const entry of entries.toReversed()) {
    const isUndone = (unit: Unit): boolean => unit.changes-- > (kept.get(unit) ?? 0);
    for (const sector of sectorsOf(entry)) {
      if (isUndone(unitOf(sectors, sector))) restore(image, entry, sector);
    }
    if (sizeAfter(entry) !== undefined && isUndone(size) && entry.kind === 'cut')
      entry.before.copy(image, entry.offset);
  }
  writeFileSync(path, image.subarray(0, sizeKept));
}

function unitOf(sectors: Map<number, Unit>, sector: number): Unit {
  const known = sectors.get(sector) ?? { changes: 0, durable: 0, isDirty: false };
  sectors.set(sector, known);
  return known;
}

/** What a failed sync has lost stays lost until it is written again, whatever later syncs say. */
function synced(unit: Unit, isDurable: boolean): void {
  if (unit.isDirty && isDurable) unit.durable = unit.changes;
  unit.isDirty = false;
}

function sectorsOf({ kind, offset, length }: Entry): number[] {
  if (kind !== 'written' || length === 0) return [];
  const first = Math.floor(offset / sectorBytes);
  const last = Math.floor((offset + length - 1) / sectorBytes);
  return Array.from({ length: last - first + 1 }, (_, n) => first + n);
}

/** Undefined when it is as before. */
function sizeAfter({ kind, offset, length, size }: Entry): number | undefined {
  if (kind === 'cut') return offset;
  return kind === 'written' && offset + length > size ? offset + length : undefined;
}

/** Beyond the end of the file there were zeros. */
function restore(image: Buffer, { offset, length, before }: Entry, sector: number): void {
  const from = Math.max(offset, sector * sectorBytes);
  const to = Math.min(offset + length, (sector + 1) * sectorBytes);
  image.fill(0, from, to);
  before.subarray(from - offset, to - offset).copy(image, from);
}

/** Names come and go in order. */
function undoNames(journals: string, entries: readonly Entry[], survival: Survival): void {
  const pending = entries.slice(entries.findLastIndex(({ kind }) => kind === 'synced') + 1);
  for (const { kind, offset: lost, before } of pending
    .slice(survival(pending.length))
    .toReversed()) {
    const [from = '', to = ''] = before.toString().split('\0');
    if (kind === 'created') rmSync(to, { force: true });
    if (kind === 'renamed' && existsSync(to)) renameSync(to, from);
    if (lost > 0 && !existsSync(to)) linkSync(join(journals, `lost-${lost}`), to);
  }
}

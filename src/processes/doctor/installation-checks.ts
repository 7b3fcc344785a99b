import { statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readDescription } from '../installation-file.ts';
import { placeInForce } from '../seal-place.ts';
import type { Settings } from '../settings.ts';
import { storeFileOf } from '../store-file.ts';

/** One thing that was looked at. A warning leaves everything working. */
export interface Check {
  readonly name: string;
  readonly status: 'ok' | 'warning' | 'failed';
  /** In one line. */
  readonly detail: string;
  /** What to do; absent when all is well. */
  readonly advice?: string;
}

/** Seconds by which a clock may be behind the last commit: file systems round. */
const clockSlackSeconds = 2;
const leastFreeBytes = { failed: 32 * 1024 * 1024, warning: 512 * 1024 * 1024 } as const;
const leastFreePart = 0.05;

/** A commit of the future was made by a clock that has been set back since: what is due by the clock waits. */
export function clockCheck({ dataDirectory }: Settings, now: Temporal.Instant): Check {
  const name = 'clock';
  const file = storeFileOf({ dataDirectory });
  const times = [file, `${file}-wal`].flatMap((each) => {
    const stat = statSync(each, { throwIfNoEntry: false });
    return stat === undefined ? [] : [Math.floor(stat.mtimeMs)];
  });
  const last = Temporal.Instant.fromEpochMilliseconds(Math.max(0, ...times));
  const behind = now.until(last).total('seconds');
  if (behind <= clockSlackSeconds)
    return {
      name,
      status: 'ok',
      detail: `${now.round('second').toString()}, after the last commit`,
    };
  return {
    name,
    status: 'failed',
    detail: `${Math.round(behind)} s behind the last commit`,
    advice: 'set the clock right (NTP): certificates and renewals go by it',
  };
}

/** The folder, and what lies in it, is for its owner only; so is the seal, which does not lie in it but with a passphrase. */
export function sealCheck(settings: Settings): Check {
  const { dataDirectory } = settings;
  const name = 'seal';
  const description = readDescription(dataDirectory);
  if (description === undefined)
    return { name, status: 'failed', detail: `${dataDirectory} does not describe itself` };
  const place = placeInForce(description, settings.seal);
  const path = place.kind === 'file' ? place.path : join(dataDirectory, place.name);
  const kind = place.kind === 'file' ? 'a key in a file' : 'a passphrase';
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined)
    return {
      name,
      status: 'failed',
      detail: `${path} is missing: the vault cannot start again`,
      advice: 'put the seal back from its backup before anything is restarted',
    };
  const open = [path, dataDirectory].filter((each) => (statSync(each).mode & 0o077) !== 0);
  if (open.length > 0)
    return {
      name,
      status: 'failed',
      detail: `others than the owner may open ${open.join(' and ')}`,
      advice: `chmod go= ${open.join(' ')}`,
    };
  const isBeside = place.kind === 'file' && statSync(path).dev === statSync(dataDirectory).dev;
  return {
    name,
    status: 'ok',
    detail: `${kind}, ${path}${isBeside ? ', on the disk of the data' : ''}`,
  };
}

export function diskCheck({ dataDirectory }: Settings): Check {
  const name = 'disk';
  const { bavail, blocks, bsize } = statfsSync(dataDirectory);
  const free = bavail * bsize;
  const detail = `${Math.floor(free / 1024 / 1024)} MB free (${Math.floor((100 * bavail) / blocks)} %)`;
  if (free < leastFreeBytes.failed)
    return { name, status: 'failed', detail, advice: `make room under ${dataDirectory}` };
  const isLow = free < leastFreeBytes.warning || bavail < blocks * leastFreePart;
  return isLow
    ? { name, status: 'warning', detail, advice: `make room under ${dataDirectory}` }
    : { name, status: 'ok', detail };
}

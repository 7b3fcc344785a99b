import type { FaultPoint } from '../../src/lib/fault-point.ts';
import type { Armed, Victim } from './control.ts';
import type { Step } from './life.ts';

/** What goes wrong in a round: a process is killed at a place, somebody is struck at some moment, or both. */
export interface Fault {
  readonly at?: Armed | undefined;
  readonly kill?: Kill | undefined;
}

export interface Kill {
  /** A process that is killed; the disk, which fails for a while; or the power of all, and with it what was not synced. */
  readonly victim: Victim | 'disk' | 'power';
  readonly step: Step;
  /** After the step has begun. */
  readonly milliseconds: number;
}

/** `api/call.durable/Decrypt/3>worker/job.leased/-/1+vault@associate:12`, with either half, or `nothing`. */
export function faultText({ at, kill }: Fault): string {
  const halves = [
    ...(at === undefined ? [] : [armedText(at)]),
    ...(kill === undefined ? [] : [`${kill.victim}@${kill.step}:${kill.milliseconds}`]),
  ];
  return halves.join('+') || 'nothing';
}

function armedText({ process, point, of, hit, next }: Armed): string {
  return `${process}/${point}/${of}/${hit}${next === undefined ? '' : `>${armedText(next)}`}`;
}

/** Whether it takes a disk that can fail. */
export function isOfDisk({ kill }: Fault): boolean {
  return kill?.victim === 'disk' || kill?.victim === 'power';
}

/** @throws TypeError */
export function parseFault(text: string): Fault {
  if (text === 'nothing') return {};
  const fault: { at?: Armed; kill?: Kill } = {};
  for (const half of text.split('+')) {
    const moment = /^([a-z]+)@([a-z-]+):(\d+)$/.exec(half);
    if (moment !== null)
      fault.kill = {
        victim: moment[1] as Kill['victim'],
        step: moment[2] as Step,
        milliseconds: Number(moment[3]),
      };
    else fault.at = parseArmed(half);
  }
  return fault;
}

function parseArmed(text: string): Armed {
  const [first = '', ...others] = text.split('>');
  const [, process, point, of = '-', hit] =
    /^([a-z]+)\/([a-z.-]+)\/([A-Za-z-]+)\/(\d+)$/.exec(first) ?? [];
  if (process === undefined) throw new TypeError(`'${first}' is no fault`);
  return {
    process: process as Victim,
    point: point as FaultPoint,
    of,
    hit: Number(hit),
    ...(others.length > 0 ? { next: parseArmed(others.join('>')) } : {}),
  };
}

import type { FaultPoint } from '../../src/lib/fault-point.ts';
import type { Armed, Victim } from './control.ts';
import type { Step } from './life.ts';

/** What goes wrong in a round: a process is killed at a place, another one at some moment, or both. */
export interface Fault {
  readonly at?: Armed | undefined;
  readonly kill?: Kill | undefined;
}

export interface Kill {
  readonly victim: Victim;
  readonly step: Step;
  /** After the step has begun. */
  readonly milliseconds: number;
}

/** `api/call.durable/Decrypt/3+vault@associate:12`, with either half, or `nothing`. */
export function faultText({ at, kill }: Fault): string {
  const halves = [
    ...(at === undefined ? [] : [`${at.process}/${at.point}/${at.of}/${at.hit}`]),
    ...(kill === undefined ? [] : [`${kill.victim}@${kill.step}:${kill.milliseconds}`]),
  ];
  return halves.join('+') || 'nothing';
}

/** @throws TypeError */
export function parseFault(text: string): Fault {
  if (text === 'nothing') return {};
  const fault: { at?: Armed; kill?: Kill } = {};
  for (const half of text.split('+')) {
    const place = /^([a-z]+)\/([a-z.-]+)\/([A-Za-z-]+)\/(\d+)$/.exec(half);
    const moment = /^([a-z]+)@([a-z-]+):(\d+)$/.exec(half);
    if (place !== null)
      fault.at = {
        process: place[1] as Victim,
        point: place[2] as FaultPoint,
        of: place[3] ?? '-',
        hit: Number(place[4]),
      };
    else if (moment !== null)
      fault.kill = {
        victim: moment[1] as Victim,
        step: moment[2] as Step,
        milliseconds: Number(moment[3]),
      };
    else throw new TypeError(`'${half}' is no fault`);
  }
  return fault;
}

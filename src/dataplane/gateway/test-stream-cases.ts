import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { get } from './test-frames.ts';
import { RawClient, outcomeOf } from './test-raw-client.ts';
import type { Outcome } from './test-raw-client.ts';
import { RecordingTarget, worldBefore } from './test-recording-target.ts';

/** By section of RFC 9113 and case: what a client sends after its preface, and what may become of a stream, 1 unless said. */
export type StreamCases = Readonly<Record<string, Readonly<Record<string, StreamCase>>>>;
type StreamCase = readonly [sent: readonly Buffer[], outcomes: readonly Outcome[], stream?: number];

export const answered: readonly Outcome[] = [{ status: 200 }];

export function connectionError(...codes: readonly number[]): readonly Outcome[] {
  return ['closed', ...codes.map((goaway) => ({ goaway }))];
}

/** RFC 9113 §5.4.2: who may end a stream may as well end the connection. */
export function streamError(...codes: readonly number[]): readonly Outcome[] {
  return [...connectionError(...codes), ...codes.map((reset) => ({ reset }))];
}

/**
 * Plays each case on a connection of its own. The target gets a whole request only where an answer is allowed, and
 * other connections are served.
 */
export async function judgeStreams(t: TestContext, cases: StreamCases): Promise<void> {
  using target = await RecordingTarget.start();
  await using world = await worldBefore(target);
  for (const [section, ofSection] of Object.entries(cases))
    for (const [what, [sent, outcomes, stream = 1]] of Object.entries(ofSection))
      await t.test(`${section}: ${what}`, async () => {
        target.clear();
        using client = await RawClient.connect(world.port);
        client.send(...sent);
        const outcome = await outcomeOf(client, stream);
        assert.ok(
          outcomes.some((each) => isDeepStrictEqual(each, outcome)),
          JSON.stringify(outcome),
        );
        using other = await RawClient.connect(world.port);
        other.send(get(1));
        assert.deepEqual(await outcomeOf(other, 1), { status: 200 });
        assert.ok(target.requests.every((seen) => !seen.includes('smuggled')));
        const mayBeSeen = outcomes.some((each) => isDeepStrictEqual(each, { status: 200 }));
        if (!mayBeSeen) assert.equal(target.requests.length, 1);
      });
}

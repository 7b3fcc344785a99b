import fc from 'fast-check';
import { preface, setting, settings, type } from '../../../src/dataplane/gateway/test-frames.ts';
import type { RawClient } from '../../../src/dataplane/gateway/test-raw-client.ts';
import { must, type Subject, type Target } from '../target.ts';
import { anyBytes } from './bytes.ts';
import { connections, mutatedFrames } from './http2-frames.ts';
import { asHttp1, requestsIn, type ReadFrame, type SentRequest } from './http2-reader.ts';
import { mustBeSent, patiently, WatchedGateway } from './watched-gateway.ts';

export const http2Target: Target = {
  about: 'HTTP/2 at the gateway, over TLS: its target gets what was sent, or nothing',
  inputs: fc.oneof({ weight: 8, arbitrary: connections() }, { weight: 1, arbitrary: anyBytes }),
  maxBytes: 16 * 1024,
  mutate: mutatedFrames,
  start,
};

/** No table of fields on the way back: each status is said in full. */
const opening = Buffer.concat([preface, settings([setting.headerTableSize, 0])]);
/** In the static table (RFC 7541 appendix A). */
const status500 = 0x8e;

async function start(): Promise<Subject> {
  const gateway = await WatchedGateway.start();
  return {
    async take(bytes) {
      const sent = await requestsIn(opening, bytes);
      await exchange(gateway, bytes, sent);
      const { whole } = await gateway.settle();
      mustBeSent(whole, sent.flatMap(asHttp1), false);
    },
    [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
  };
}

async function exchange(
  gateway: WatchedGateway,
  bytes: Uint8Array,
  sent: readonly SentRequest[],
): Promise<void> {
  using client = await gateway.connectRaw(opening);
  client.send(Buffer.from(bytes));
  const awaited = sent.filter(({ isEnded, isReset }) => isEnded && !isReset);
  await patiently('a whole request is answered, or refused', () =>
    awaited.every(({ stream }) => hasOutcome(client, stream)),
  );
  const isFailure = ({ kind, payload }: ReadFrame): boolean =>
    kind === type.headers && payload[payload[0] === 0x20 ? 1 : 0] === status500;
  must(!client.frames.some(isFailure), 'no answer is 500');
}

function hasOutcome(client: RawClient, stream: number): boolean {
  return (
    !client.isOpen ||
    client.frames.some(
      (each) =>
        each.kind === type.goaway ||
        (each.stream === stream && (each.kind === type.headers || each.kind === type.rstStream)),
    )
  );
}

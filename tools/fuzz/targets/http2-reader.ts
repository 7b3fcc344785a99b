import { performServerHandshake } from 'node:http2';
import { duplexPair } from 'node:stream';
import { http2Options } from '../../../src/dataplane/gateway/http2-sessions.ts';
import { flag, type } from '../../../src/dataplane/gateway/test-frames.ts';
import { valuesOf, type ReadRequest } from './http1-reader.ts';

export interface ReadFrame {
  readonly kind: number;
  readonly flags: number;
  readonly stream: number;
  readonly payload: Buffer;
}

/** What is whole of them (RFC 9113 §4.1). */
export function readFrames(bytes: Uint8Array): ReadFrame[] {
  const frames: ReadFrame[] = [];
  let rest = Buffer.from(bytes);
  while (rest.length >= 9 && rest.length >= 9 + rest.readUIntBE(0, 3)) {
    const end = 9 + rest.readUIntBE(0, 3);
    frames.push({
      kind: rest[3] ?? 0,
      flags: rest[4] ?? 0,
      stream: rest.readUInt32BE(5) & 0x7f_ff_ff_ff,
      payload: rest.subarray(9, end),
    });
    rest = rest.subarray(end);
  }
  return frames;
}

export interface SentRequest {
  readonly stream: number;
  /** As nghttp2 reads them, pseudo-headers first. */
  readonly fields: readonly string[];
  readonly body: string;
  readonly isEnded: boolean;
  readonly isReset: boolean;
}

/** What another server gets that refuses as little as it can; of bodies, what the frames say. */
export async function requestsIn(opening: Uint8Array, bytes: Uint8Array): Promise<SentRequest[]> {
  const [near, far] = duplexPair();
  const session = performServerHandshake(far, {
    ...http2Options,
    settings: { ...http2Options.settings, maxConcurrentStreams: 1_000_000 },
    maxSessionInvalidFrames: 1_000_000,
    maxSessionRejectedStreams: 1_000_000,
    streamResetBurst: 1_000_000,
  });
  const frames = readFrames(bytes);
  const sent: SentRequest[] = [];
  session.on('error', () => {});
  session.on('stream', (stream, _headers, _flags, fields: readonly string[]) => {
    stream.on('error', () => {});
    const { id = 0 } = stream;
    sent.push({ stream: id, fields, ...contentOf(frames, id) });
  });
  const closed = new Promise<void>((resolve) => session.once('close', resolve));
  near.on('error', () => {});
  near.resume();
  near.end(Buffer.concat([opening, bytes]));
  await closed;
  return sent;
}

/** Read from the frames alone. */
function contentOf(
  frames: readonly ReadFrame[],
  stream: number,
): Pick<SentRequest, 'body' | 'isEnded' | 'isReset'> {
  const own = frames.filter((each) => each.stream === stream);
  const last = own.findIndex(
    ({ kind, flags }) =>
      (kind === type.headers || kind === type.data) && (flags & flag.endStream) > 0,
  );
  const body = (last < 0 ? own : own.slice(0, last + 1))
    .filter(({ kind }) => kind === type.data)
    .map(({ flags, payload }) => unpadded(flags, payload).toString('latin1'));
  return {
    body: body.join(''),
    isEnded: last >= 0,
    isReset: own.some(({ kind }) => kind === type.rstStream),
  };
}

/** RFC 9113 §6.1. */
function unpadded(flags: number, payload: Buffer): Buffer {
  if ((flags & flag.padded) === 0) return payload;
  return payload.subarray(1, Math.max(1, payload.length - (payload[0] ?? 0)));
}

/** As a target may get it: whole, if its end or its length was said (RFC 9113 §8.1). */
export function asHttp1({ fields, body, isEnded }: SentRequest): ReadRequest[] {
  const [length] = valuesOf(fields, 'content-length');
  if (!isEnded && length === undefined) return [];
  const [method = '', target = '', authority] = [':method', ':path', ':authority'].map(
    (name) => valuesOf(fields, name)[0],
  );
  const host = authority === undefined ? valuesOf(fields, 'host') : [authority];
  const isOther = (name = ''): boolean =>
    !name.startsWith(':') && name !== 'host' && name !== 'cookie';
  return [
    {
      method,
      target,
      fields: [
        ...fields.filter((_, at) => isOther(fields[at - (at % 2)])),
        ...host.flatMap((value) => ['host', value]),
        // RFC 9113 §8.2.3.
        'cookie',
        valuesOf(fields, 'cookie').join('; '),
      ],
      body: length === undefined ? body : body.slice(0, Number(length)),
    },
  ];
}

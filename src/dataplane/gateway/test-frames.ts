/** RFC 9113 §6. */
export const type = {
  data: 0,
  headers: 1,
  priority: 2,
  rstStream: 3,
  settings: 4,
  pushPromise: 5,
  ping: 6,
  goaway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const;

/** RFC 9113 §6; ACK has the bit of END_STREAM. */
export const flag = { endStream: 1, ack: 1, endHeaders: 4, padded: 8, priority: 32 } as const;

/** Of HEADERS with a request that has no body. */
export const whole = flag.endHeaders | flag.endStream;

/** RFC 9113 §7. */
export const code = {
  protocol: 1,
  internal: 2,
  flowControl: 3,
  streamClosed: 5,
  frameSize: 6,
  refused: 7,
  cancel: 8,
  compression: 9,
  calm: 11,
} as const;

/** RFC 9113 §6.5.2. */
export const setting = {
  headerTableSize: 1,
  enablePush: 2,
  initialWindowSize: 4,
  maxFrameSize: 5,
} as const;

/** RFC 9113 §4.1. */
export function frame(
  kind: number,
  flags: number,
  stream: number,
  payload: Buffer = empty,
): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = kind;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

export const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

export function settings(...pairs: readonly (readonly [id: number, value: number])[]): Buffer {
  const payload = Buffer.alloc(pairs.length * 6);
  pairs.forEach(([id, value], at) => {
    payload.writeUInt16BE(id, at * 6);
    payload.writeUInt32BE(value, at * 6 + 2);
  });
  return frame(type.settings, 0, 0, payload);
}

export function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

export type Field = readonly [name: string, value: string];

/** A block of fields that no table knows, in Latin-1 and without Huffman's code (RFC 7541 §6.2.2). */
export function block(...fields: readonly Field[]): Buffer {
  return Buffer.concat(
    fields.flatMap(([name, value]) => [Buffer.from([0]), literal(name), literal(value)]),
  );
}

/** RFC 7541 §5.2. */
export function literal(text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1');
  return Buffer.concat([integer(bytes.length, 7, 0), bytes]);
}

/** RFC 7541 §5.1. */
export function integer(value: number, prefixBits: number, firstByte: number): Buffer {
  const most = 2 ** prefixBits - 1;
  if (value < most) return Buffer.from([firstByte | value]);
  const bytes = [firstByte | most];
  let rest = value - most;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push(128 | (rest % 128));
  return Buffer.from([...bytes, rest]);
}

/** What every request has, for whom the fields named in `instead` replace and others follow. */
export function request(...others: readonly Field[]): Buffer {
  return block(
    [':method', 'GET'],
    [':scheme', 'https'],
    [':authority', 'shop.test'],
    [':path', '/'],
    ...others,
  );
}

/** A whole request in one frame. */
export function get(stream: number, ...others: readonly Field[]): Buffer {
  return frame(type.headers, flag.endHeaders | flag.endStream, stream, request(...others));
}

/** The head of a request with a body. */
export function post(stream: number, ...others: readonly Field[]): Buffer {
  return frame(type.headers, flag.endHeaders, stream, request(...others));
}

const empty = Buffer.alloc(0);

import type { RawHeaders } from '../../../src/dataplane/gateway/headers.ts';

/** A request as RFC 9112 reads it. */
export interface ReadRequest {
  readonly method: string;
  readonly target: string;
  readonly fields: RawHeaders;
  /** What its length or its chunks say, or as much of it as has come. */
  readonly body: string;
}

export interface ReadRequests {
  readonly whole: readonly ReadRequest[];
  /** Behind them: its head is whole, its body is not. */
  readonly begun: ReadRequest | undefined;
}

/**
 * Reads requests by the letter of RFC 9112, and nothing behind the first that has no single meaning: the judge of who
 * reads the same bytes.
 * @param text Latin-1
 */
export function readRequests(text: string): ReadRequests {
  const whole: ReadRequest[] = [];
  let rest = text;
  for (;;) {
    const head = readHead(rest.replace(/^[\r\n]+/, ''));
    if (head === undefined) return { whole, begun: undefined };
    const content = readContent(head);
    if (content === undefined) return { whole, begun: undefined };
    const { method, target, fields } = head;
    const request = { method, target, fields, body: content.body };
    if (content.rest === undefined) return { whole, begun: request };
    whole.push(request);
    rest = content.rest;
  }
}

/** The values of a field, in their order. */
export function valuesOf(fields: readonly string[], name: string): readonly string[] {
  return fields.filter((_, at) => at % 2 === 1 && fields[at - 1]?.toLowerCase() === name);
}

interface Head extends Omit<ReadRequest, 'body'> {
  readonly minor: string;
  readonly rest: string;
}

interface Content {
  readonly body: string;
  /** What comes behind it; undefined when it does not come to its end. */
  readonly rest: string | undefined;
}

const requestLine = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+) ([\x21-\x7e\x80-\xff]+) HTTP\/1\.([01])\r\n/;
const fieldLine = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[\t ]*([\t\x20-\x7e\x80-\xff]*?)[\t ]*\r\n/;
const chunkLine = /^([0-9a-fA-F]+)(?:[\t ]*;[\t\x20-\x7e\x80-\xff]*)?\r\n/;

function readHead(text: string): Head | undefined {
  const line = requestLine.exec(text);
  if (line === null) return undefined;
  const [{ length }, method = '', target = '', minor = ''] = line;
  const section = readFields(text.slice(length));
  return section === undefined ? undefined : { method, target, minor, ...section };
}

/** Up to the empty line. */
function readFields(text: string): { fields: RawHeaders; rest: string } | undefined {
  const fields: RawHeaders = [];
  let rest = text;
  while (!rest.startsWith('\r\n')) {
    const line = fieldLine.exec(rest);
    if (line === null) return undefined;
    fields.push(line[1] ?? '', line[2] ?? '');
    rest = rest.slice(line[0].length);
  }
  return { fields, rest: rest.slice(2) };
}

/** RFC 9112 §6.3; undefined when its end could be found in two ways. */
function readContent({ fields, minor, rest }: Head): Content | undefined {
  const codings = valuesOf(fields, 'transfer-encoding');
  const lengths = valuesOf(fields, 'content-length');
  if (codings.length > 0) {
    const isClear = codings.join().toLowerCase() === 'chunked' && lengths.length === 0;
    return isClear && minor === '1' ? readChunks(rest) : undefined;
  }
  if (lengths.length === 0) return { body: '', rest };
  if (!/^\d+$/.test(lengths.join())) return undefined;
  const length = Number(lengths[0]);
  return {
    body: rest.slice(0, length),
    rest: rest.length < length ? undefined : rest.slice(length),
  };
}

/** RFC 9112 §7.1. */
function readChunks(text: string): Content {
  let body = '';
  let rest = text;
  for (;;) {
    const line = chunkLine.exec(rest);
    if (line === null) return { body, rest: undefined };
    const size = Number.parseInt(line[1] ?? '', 16);
    rest = rest.slice(line[0].length);
    if (size === 0) return { body, rest: readFields(rest)?.rest };
    body += rest.slice(0, size);
    if (rest.length < size || !rest.startsWith('\r\n', size)) return { body, rest: undefined };
    rest = rest.slice(size + 2);
  }
}

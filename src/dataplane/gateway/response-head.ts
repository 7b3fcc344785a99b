import { connectionOptions, sortFields } from './headers.ts';
import type { RawHeaders } from './headers.ts';
import type { Framing } from './request-head.ts';

/** The head of a target's answer. */
export interface ResponseHead {
  readonly status: number;
  readonly phrase: string;
  /** For the client; Content-Length among them. */
  readonly headers: RawHeaders;
  readonly framing: Framing;
  /** Bytes, when `framing` is `sized`. */
  readonly length: number;
  /** When `framing` is `streamed`: by chunks, not by the end of the connection. */
  readonly isChunked: boolean;
  /** Whether the connection may be used for another request, once the answer has ended. */
  readonly isKept: boolean;
  /** The target's own word on how long it keeps an idle connection. */
  readonly keepAliveSeconds: number | undefined;
}

/** A target's answer is not HTTP, or can be read in more than one way. */
export class MalformedResponse extends Error {}

/**
 * Reads the head of an answer.
 * @param text Latin-1, each line with its CR LF, without the empty line
 * @param isBodyless whether the request was HEAD
 * @throws MalformedResponse
 */
export function readResponseHead(text: string, isBodyless: boolean): ResponseHead {
  const [, minor, code = '', phrase = ''] = statusLine.exec(text) ?? [];
  if (minor === undefined) throw new MalformedResponse('no status line');
  const status = Number(code);
  const { endToEnd, deciding } = sortFields(readFields(text.slice(text.indexOf('\n') + 1)));
  const coding = deciding.get('transfer-encoding');
  const [length, ...otherLengths] = deciding.get('content-length') ?? [];
  if (coding !== undefined && (length !== undefined || minor === '0' || !isChunkedOnly(coding)))
    throw new MalformedResponse('the framing is not clear');
  if (otherLengths.length > 0 || (length !== undefined && !/^\d{1,15}$/.test(length)))
    throw new MalformedResponse('the length is not clear');
  // RFC 9110 §8.6: a server must not send it with 1xx and 204.
  const hasLength = length !== undefined && status >= 200 && status !== 204;
  const options = connectionOptions(deciding.get('connection'));
  const framing = framingOf(status, isBodyless, length);
  const isChunked = coding !== undefined;
  return {
    status,
    phrase,
    headers: hasLength ? [...endToEnd, 'Content-Length', length] : endToEnd,
    framing,
    length: framing === 'sized' ? Number(length) : 0,
    isChunked,
    isKept:
      (minor === '1' ? !options.includes('close') : options.includes('keep-alive')) &&
      (framing !== 'streamed' || isChunked),
    keepAliveSeconds: keepAliveSeconds(deciding.get('keep-alive')),
  };
}

/** RFC 9112 §4; the phrase may be missing, with its space. */
const statusLine = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: ([\t\x20-\x7e\x80-\xff]*))?\r\n/;

/** RFC 9110 §5.5 and RFC 9112 §5: a token, a colon at once, and no control characters; no folded lines. */
const fieldLines = /^(?:[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[\t\x20-\x7e\x80-\xff]*\r\n)*$/;

/**
 * Names and values of lines that each end with CR LF.
 * @throws MalformedResponse
 */
export function readFields(text: string): RawHeaders {
  if (!fieldLines.test(text)) throw new MalformedResponse('a field is none');
  const fields: RawHeaders = [];
  for (let at = 0; at < text.length;) {
    const end = text.indexOf('\r\n', at);
    const colon = text.indexOf(':', at);
    fields.push(text.slice(at, colon), text.slice(colon + 1, end).trim());
    at = end + 2;
  }
  return fields;
}

/** RFC 9112 §6.3. */
function framingOf(status: number, isBodyless: boolean, length: string | undefined): Framing {
  if (isBodyless || status < 200 || status === 204 || status === 304) return 'none';
  if (length === undefined) return 'streamed';
  return Number(length) === 0 ? 'none' : 'sized';
}

function isChunkedOnly(coding: readonly string[]): boolean {
  return coding.length === 1 && coding[0]?.toLowerCase() === 'chunked';
}

function keepAliveSeconds(values: readonly string[] | undefined): number | undefined {
  const seconds = /(?:^|[,\s])timeout=(\d{1,6})\b/i.exec(values?.join() ?? '')?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}

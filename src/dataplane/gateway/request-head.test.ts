import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readHttp1, readHttp2 } from './request-head.ts';

/** Fields of a POST after its Host, and the status of the refusal. */
const refused: readonly (readonly [fields: readonly string[], status: number])[] = [
  [['Content-Length', '1', 'Content-Length', '1'], 400],
  [['Content-Length', '1', 'content-length', '2'], 400],
  [['Content-Length', '1, 1'], 400],
  [['Content-Length', '+1'], 400],
  [['Content-Length', ''], 400],
  [['Content-Length', '1'.repeat(16)], 400],
  [['Content-Length', '1', 'Transfer-Encoding', 'chunked'], 400],
  [['Transfer-Encoding', 'chunked', 'Transfer-Encoding', 'chunked'], 501],
  [['Transfer-Encoding', 'chunked', 'transfer-encoding', 'identity'], 501],
  [['Transfer-Encoding', 'identity'], 501],
  [['Transfer-Encoding', ''], 501],
  [['Host', 'shop.test'], 400],
  [['X', 'y'.repeat(16 * 1024 + 1)], 400],
  [Array<string>(2 * 256).fill('x'), 431],
  [Array<string>(10).fill('x'.repeat(8_000)), 431],
];

test('what a parser of HTTP/1 should have refused is refused here, too, in case that it does not', () => {
  const post = { method: 'POST', url: '/', httpVersion: '1.1' };
  for (const [fields, status] of refused)
    assert.equal(
      readHttp1({ ...post, rawHeaders: ['Host', 'shop.test', ...fields] }),
      status,
      fields.join().slice(0, 80),
    );
});

test('what a parser of HTTP/2 should have refused is refused here, too', () => {
  const head = [':method', 'POST', ':scheme', 'https', ':authority', 'shop.test', ':path', '/'];
  for (const fields of [
    ['content-length', '1', 'content-length', '1'],
    ['content-length', '+1'],
    ['host', 'b.test'],
    ['host', 'shop.test', 'host', 'shop.test'],
  ])
    assert.equal(readHttp2([...head, ...fields], false), 400, fields.join());
});

test('the end of a body is found as the head says', () => {
  const framingOf = (method: string, ...fields: readonly string[]): unknown => {
    const rawHeaders = ['Host', 'shop.test', ...fields];
    const head = readHttp1({ method, url: '/', httpVersion: '1.1', rawHeaders });
    return typeof head === 'number' ? head : [head.framing, head.contentLength];
  };
  assert.deepEqual(framingOf('POST'), ['none', undefined]);
  assert.deepEqual(framingOf('POST', 'Content-Length', '0'), ['none', '0']);
  assert.deepEqual(framingOf('GET', 'Content-Length', '5'), ['sized', '5']);
  assert.deepEqual(framingOf('POST', 'Transfer-Encoding', 'Chunked'), ['streamed', undefined]);
});

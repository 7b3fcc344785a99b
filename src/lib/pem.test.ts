import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { PemError, readPemCertificates } from './pem.ts';
import { writePem } from './pem-writer.ts';

const read = (text: string, most = 10) => readPemCertificates(Buffer.from(text), most);
const one = writePem('CERTIFICATE', Buffer.from('one'));
const two = writePem('CERTIFICATE', Buffer.from('two'));

test('what was written is read again, several blocks in their order', () => {
  const ders = fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), {
    minLength: 1,
    maxLength: 5,
  });
  fc.assert(
    fc.property(ders, (all) => {
      assert.deepEqual(read(all.map((der) => writePem('CERTIFICATE', der)).join('')), all);
    }),
  );
});

test('lines have 64 characters and end with a line feed', () => {
  assert.equal(
    writePem('CERTIFICATE', Buffer.alloc(50)),
    `-----BEGIN CERTIFICATE-----\n${'A'.repeat(64)}\nAAA=\n-----END CERTIFICATE-----\n`,
  );
});

test('text around the blocks is passed over, and line ends may be of any kind', () => {
  assert.equal(
    read(`subject=CN\n${one}\r\nmore\n${two.replaceAll('\n', '\r\n')}the end`).length,
    2,
  );
});

test('blocks of another kind, unfinished ones, too many of them and other digits are refused', () => {
  for (const text of [
    '',
    'text',
    one.replaceAll('CERTIFICATE', 'PRIVATE KEY'),
    one.replaceAll('CERTIFICATE', 'X509 CRL'),
    `${one}-----BEGIN EC PARAMETERS-----\n`,
    `x${one}`,
    `x\r${one}`,
    one.replaceAll('\n', ''),
    one.replaceAll('\n', ' '),
    one.replace('-----\n', '-----x\n'),
    one.replace('\n-----END', '-----END'),
    one.replace('\n-----END', '\n -----END'),
    one.trimEnd() + 'x',
    one.replace('\nb25l', '\n \r\nb25l'),
    one.replace('-----END', '----END'),
    one.replace('b25l', 'b2 -'),
    one.replace('b25l', 'b25'),
    one.replace('b25l', ''),
    one.replace('b25l', 'b=5l'),
  ]) {
    assert.throws(() => read(text), PemError, text);
  }
  assert.throws(() => read(one + two, 1), PemError);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as der from './der.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const reader = (bytes: string): der.DerReader => new der.DerReader(Buffer.from(bytes, 'hex'));

test('writes the elements of X.690 as others do', () => {
  assert.equal(hex(der.integer(0)), '020100');
  assert.equal(hex(der.integer(128)), '02020080');
  assert.equal(hex(der.integer(Uint8Array.of(0, 0, 5))), '020105');
  assert.equal(hex(der.integer(new Uint8Array(0))), '020100');
  assert.equal(hex(der.objectIdentifier('1.2.840.113549.1.1.11')), '06092a864886f70d01010b');
  assert.equal(hex(der.objectIdentifier('2.5.29.19')), '0603551d13');
  assert.equal(hex(der.bitString(Uint8Array.of(0x06), 1)), '03020106');
  assert.equal(hex(der.boolean(true)), '0101ff');
  assert.equal(hex(der.nullValue()), '0500');
  assert.equal(hex(der.set(der.integer(2), der.integer(1))), '3106020101020102');
  assert.equal(hex(der.explicit(0, der.integer(2))), 'a003020102');
  assert.equal(hex(der.implicit(2, Uint8Array.of(0x61))), '820161');
  assert.equal(hex(der.octetString(new Uint8Array(200))).slice(0, 6), '0481c8');
  assert.equal(hex(der.octetString(new Uint8Array(300))).slice(0, 8), '0482012c');
});

test('writes times as RFC 5280 wants them, and reads them back', () => {
  const before = Temporal.Instant.from('2049-12-31T23:59:59.999Z');
  const after = Temporal.Instant.from('2050-01-01T00:00:00Z');
  assert.equal(Buffer.from(der.time(before)).toString('latin1', 2), '491231235959Z');
  assert.equal(Buffer.from(der.time(after)).toString('latin1', 2), '20500101000000Z');
  assert.equal(new der.DerReader(der.time(after)).readTime().toString(), after.toString());
  assert.equal(
    new der.DerReader(der.time(before)).readTime().toString(),
    before.round({ smallestUnit: 'second', roundingMode: 'floor' }).toString(),
  );
  for (const text of ['491331235959Z', '260230000000Z', '161231235960Z', '260101240000Z'])
    assert.throws(
      () => new der.DerReader(der.tlv(der.derTag.utcTime, Buffer.from(text))).readTime(),
      der.DerError,
      text,
    );
});

test('reads what it wrote', () => {
  const inner = new der.DerReader(
    der.sequence(
      der.integer(65537),
      der.objectIdentifier('1.3.132.0.34'),
      der.bitString(Uint8Array.of(0x80), 7),
      der.boolean(false),
      der.octetString(Uint8Array.of(1, 2)),
    ),
  ).readSequence();
  assert.equal(inner.readSmallInteger(), 65537);
  assert.equal(inner.readOptional(der.derTag.null), undefined);
  assert.equal(inner.readObjectIdentifier(), '1.3.132.0.34');
  assert.deepEqual(inner.readBitString(), { bytes: Uint8Array.of(0x80), unusedBits: 7 });
  assert.equal(inner.readBoolean(), false);
  assert.equal(hex(inner.readOctetString()), '0102');
  inner.end();
});

test('refuses what only BER allows', () => {
  for (const [name, bytes] of Object.entries({
    'indefinite length': '30800000',
    'a long length for a short element': '04810101',
    'a padded length': '048200c8' + '00'.repeat(200),
    'content cut off': '0405aabb',
    'a high tag number': '1f810101',
    'no length': '04',
  })) {
    assert.throws(() => reader(bytes).next(), der.DerError, name);
  }
  assert.throws(() => reader('02020001').readInteger(), der.DerError);
  assert.throws(() => reader('0202ff80').readInteger(), der.DerError);
  assert.throws(() => reader('0200').readInteger(), der.DerError);
  assert.throws(() => reader('010101').readBoolean(), der.DerError);
  assert.throws(() => reader('03020101').readBitString(), der.DerError);
  assert.throws(() => reader('0603558001').readObjectIdentifier(), der.DerError);
  assert.throws(() => reader('06025580').readObjectIdentifier(), der.DerError);
  assert.throws(() => reader('020101').end(), der.DerError);
});

test('does not follow nesting without end', () => {
  let bytes = der.nullValue();
  for (let i = 0; i < 40; i += 1) bytes = der.sequence(bytes);
  let inner = new der.DerReader(bytes);
  assert.throws(() => {
    for (let i = 0; i < 40; i += 1) inner = inner.readSequence();
  }, der.DerError);
});

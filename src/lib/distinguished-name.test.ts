import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  DerError,
  DerReader,
  objectIdentifier,
  printableString,
  sequence,
  set,
  tlv,
  utf8String,
} from './der.ts';
import { attributeOf, printName, readName } from './distinguished-name.ts';

const attribute = (id: string, value: Uint8Array) => sequence(objectIdentifier(id), value);
const commonName = (value: Uint8Array) => set(attribute('2.5.4.3', value));
const read = (...relativeNames: Uint8Array[]) =>
  readName(new DerReader(sequence(...relativeNames)));

test('a name is printed with its most general attribute first', () => {
  const name = read(
    set(attribute('2.5.4.6', printableString('DE'))),
    set(attribute('2.5.4.10', utf8String('Beispiel & Söhne'))),
    set(attribute('1.2.3.4', utf8String('unknown')), attribute('2.5.4.11', utf8String('Ops'))),
    commonName(utf8String('a.example')),
  );
  assert.equal(printName(name), 'C=DE,O=Beispiel & Söhne,OU=Ops,1.2.3.4=unknown,CN=a.example');
  assert.equal(attributeOf(name, 'organizationName'), 'Beispiel & Söhne');
});

test('what could be taken for another attribute is escaped', () => {
  const print = (text: string) => printName(read(commonName(utf8String(text))));
  assert.equal(print('a,O=evil'), 'CN=a\\,O=evil');
  assert.equal(print(' #"+;<>\\ '), 'CN=\\ #\\"\\+\\;\\<\\>\\\\\\ ');
  assert.equal(print('#1'), 'CN=\\#1');
  assert.equal(print('a\nb\u0000\u009b'), 'CN=a\\0ab\\00\\c2\\9b');
});

test('the last common name is the one, and an empty one is none', () => {
  const [general, specific] = ['general', 'specific'].map((text) => commonName(utf8String(text)));
  assert.equal(
    attributeOf(read(general ?? sequence(), specific ?? sequence()), 'commonName'),
    'specific',
  );
  assert.equal(attributeOf(read(commonName(utf8String(''))), 'commonName'), undefined);
  assert.equal(printName(read()), '');
});

test('old string types are read, malformed text and other types are not', () => {
  const value = (tag: number, bytes: readonly number[]) =>
    commonName(tlv(tag, Uint8Array.from(bytes)));
  assert.equal(printName(read(value(0x1e, [0, 0x41, 0x20, 0xac]))), 'CN=A€');
  assert.equal(printName(read(value(0x14, [0xe9]))), 'CN=é');
  assert.throws(() => read(value(0x0c, [0xff])), DerError);
  assert.throws(() => read(value(0x1e, [0xd8, 0])), DerError);
  assert.throws(() => read(value(0x02, [1])), DerError);
});

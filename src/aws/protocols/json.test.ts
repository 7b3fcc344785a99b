import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { reveal, Secret } from '../../lib/secret.ts';
import { CommonError } from '../errors.ts';
import { requestHead } from '../http/messages.ts';
import { json } from './json.ts';
import type { Input } from './protocol.ts';
import { anyInput, comparable, head, wireOperation } from './test-model.ts';

const everything = wireOperation('json');
const secretly = wireOperation('json', 'Secrets');

function read(
  body: string | Uint8Array,
  operation = everything,
  secrets = new DisposableStack(),
): Input {
  return json.readInput(operation, { head, body: Buffer.from(body) }, secrets);
}

function refused(body: string | Uint8Array, text = /./): void {
  assert.throws(
    () => read(body),
    (error) => {
      assert.ok(error instanceof CommonError);
      assert.equal(error.kind, 'serialization');
      assert.match(error.message, text);
      return true;
    },
  );
}

void suite('JSON input', () => {
  void test('is what was written, for any value of any type', () => {
    fc.assert(
      fc.property(anyInput(fc.string({ unit: 'grapheme' })), (input) => {
        const { body } = json.writeOutput(everything, input, 'id', head);
        assert.deepEqual(comparable(read(body)), comparable(input));
      }),
    );
  });

  void test('agrees with JSON.parse on every text and number', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        (text, number) => {
          const written = `{ "Text" : ${JSON.stringify(text)} ,\n"Ratio":${JSON.stringify(number)} }`;
          const { Text, Ratio } = read(written);
          assert.equal(Text, text);
          assert.equal(Ratio, JSON.parse(JSON.stringify(number)));
        },
      ),
    );
  });

  void test('takes null and no body as absent, and ignores unknown members', () => {
    assert.deepEqual(read(''), {});
    assert.deepEqual(read('null'), {});
    assert.deepEqual(read('{"Text":null,"Other":{"a":[1,{"b":"\\u0041\\n"}]},"x":-1.5e3}'), {});
  });

  void test('keeps keys of maps that are names of Object.prototype', () => {
    const { Pairs } = read('{"Pairs":{"__proto__":"a","constructor":"b"}}');
    assert.deepEqual(Object.entries(Pairs as object), [
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
  });

  void test('is refused when it is not exactly one JSON object', () => {
    for (const body of ['{', '{}x', '{}{}', '[]', '"a"', '1', '{"Text" "a"}', '{"Text":"a",}'])
      refused(body);
    for (const body of ['{"Text":"a\nb"}', '{"Text":"\\x"}', '{"Text":"\\u12g4"}', '{"Number":01}'])
      refused(body);
    for (const body of ['{"Yes":tru}', '{"Ratio":.5}', '{"Ratio":1e999}', '{"Number":1.5}'])
      refused(body);
    refused(' ', /^Unexpected end of the body\.$/);
    refused('\uFEFF{}', /^Unexpected character at byte 0\.$/);
    refused('{"Number":9007199254740993}', /not whole, or too large/);
    refused('{"Text":"\\ud800"}', /Unicode/);
    refused(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), /UTF-8/);
  });

  void test('is refused when a key stands twice, even in what is ignored', () => {
    refused('{"Text":"a","Text":"b"}', /same key twice/);
    refused('{"Text":"a","\\u0054ext":"b"}', /same key twice/);
    refused('{"Other":{"a":1,"a":2}}', /same key twice/);
  });

  void test('is refused when it is nested deeper than 64 levels', () => {
    read(`{"Other":${'['.repeat(63)}${']'.repeat(63)}}`);
    refused(`{"Other":${'['.repeat(64)}${']'.repeat(64)}}`, /64 levels/);
    refused(`{"Other":${'['.repeat(100_000)}`, /64 levels/);
  });

  void test('of another type is told in AWS’s words, without the value', () => {
    refused('{"Text":17}', /^NUMBER_VALUE cannot be converted to String$/);
    refused('{"Number":"17"}', /^STRING_VALUE cannot be converted to Integer$/);
    refused('{"Text":{}}', /^Start of structure or map found where not expected\.$/);
    refused('{"Text":[]}', /^Start of list found where not expected\.$/);
    refused('{"Bytes":"a"}', /^A blob is not base64\.$/);
    refused('{"At":"yesterday"}', /Timestamp/);
  });
});

void suite('a secret in JSON', () => {
  const key = Buffer.from('-----BEGIN PRIVATE KEY-----');
  const base64 = key.toString('base64');

  void test('is a Secret at any depth, and blanked in the body', () => {
    using secrets = new DisposableStack();
    const body = Buffer.from(`{"Note":"n","Inner":{"Key":"${base64}"}}`);
    const input = json.readInput(secretly, { head, body }, secrets) as { Inner: { Key: Secret } };
    assert.deepEqual(Buffer.from(reveal(input.Inner.Key)), key);
    assert.ok(!body.toString().includes(base64.slice(4, 12)));
  });

  void test('may have slashes and characters escaped', () => {
    const bytes = Buffer.from([0xff, 0xff, 0xfe]); // base64: ///+
    const input = read('{"Key":"\\/\\/\\u002f+"}', secretly) as { Key: Secret };
    assert.deepEqual(Buffer.from(reveal(input.Key)), bytes);
  });

  void test('is disposed with the call', () => {
    const secrets = new DisposableStack();
    const { Key } = read(`{"Key":"${base64}"}`, secretly, secrets) as { Key: Secret };
    secrets.dispose();
    assert.throws(() => reveal(Key), /disposed/);
  });

  void test('is written from a Secret, which is disposed', () => {
    for (const length of [0, 1, 2, 3, 4, 100]) {
      const bytes = Buffer.from(Array.from({ length }, (_, index) => index * 7));
      const secret = new Secret(Uint8Array.from(bytes));
      const { body } = json.writeOutput(secretly, { Note: 'ä', Key: secret }, 'id', head);
      assert.deepEqual(JSON.parse(Buffer.from(body).toString()), {
        Note: 'ä',
        Key: bytes.toString('base64'),
      });
      assert.throws(() => reveal(secret), /disposed/);
    }
  });

  void test('that is no base64 is not echoed', () => {
    assert.throws(
      () => read('{"Key":"hunter2!"}', secretly),
      (error: Error) => {
        assert.ok(!error.message.includes('hunter2'));
        return true;
      },
    );
  });
});

void suite('a JSON answer', () => {
  void test('writes times as seconds with three decimals', () => {
    const At = Temporal.Instant.from('2017-07-07T23:46:09.234Z');
    const { body } = json.writeOutput(everything, { At }, 'id', head);
    assert.equal(Buffer.from(body).toString(), '{"At":1499471169.234}');
  });

  void test('has no body when the operation has no output', () => {
    const { output: _none, ...operation } = everything.operation;
    const answer = json.writeOutput({ ...everything, operation }, undefined, 'id', head);
    assert.equal(answer.body.length, 0);
    assert.equal(answer.headers['content-type'], 'application/x-amz-json-1.1');
  });

  void test('speaks the version of the request', () => {
    const old = requestHead({
      method: 'POST',
      target: '/',
      rawHeaders: ['Content-Type', 'application/x-amz-json-1.0'],
    });
    const { headers } = json.writeOutput(everything, {}, 'id', old);
    assert.equal(headers['content-type'], 'application/x-amz-json-1.0');
  });

  void test('of an error has only modelled members, and no message where there is none', () => {
    const error = {
      code: 'Failure',
      status: 409,
      message: undefined,
      members: { Names: ['a'], stack: 'at …' },
      messageMember: 'message',
    } as const;
    const answer = json.writeError(everything, error, 'id', head);
    assert.equal(answer.status, 409);
    assert.equal(Buffer.from(answer.body).toString(), '{"__type":"Failure","Names":["a"]}');
  });
});

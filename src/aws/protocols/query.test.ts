import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { CommonError } from '../errors.ts';
import { requestHead } from '../http/messages.ts';
import type { ServiceModel, Shape } from '../model.ts';
import type { Input } from './protocol.ts';
import { query } from './query.ts';
import { anyInput, comparable, head, wireOperation } from './test-model.ts';

const operation = wireOperation('query');

function read(body: string): Input {
  return query.readInput(operation, { head, body: Buffer.from(body) }, new DisposableStack());
}

function refused(body: string, text: RegExp): void {
  assert.throws(
    () => read(body),
    (error) =>
      error instanceof CommonError && error.kind === 'serialization' && text.test(error.message),
  );
}

/** What an SDK sends, as the Smithy protocol describes it. */
function formOf(model: ServiceModel, shapeName: string, value: unknown, name: string): string[] {
  const shape = model.shapes[shapeName] as Shape;
  const inner = (part: string): string => (name === '' ? part : `${name}.${part}`);
  switch (shape.type) {
    case 'structure':
      return Object.entries(shape.members).flatMap(([member, ref]) => {
        const each = (value as Input)[member];
        return each === undefined ? [] : formOf(model, ref.shape, each, inner(ref.name ?? member));
      });
    case 'list': {
      const items = value as readonly unknown[];
      if (items.length === 0) return [`${name}=`];
      return items.flatMap((item, index) =>
        formOf(
          model,
          shape.member.shape,
          item,
          inner(`${shape.member.name ?? 'member'}.${index + 1}`),
        ),
      );
    }
    case 'map':
      return Object.entries(value as Input).flatMap(([key, item], index) => [
        ...formOf(model, shape.key.shape, key, inner(`entry.${index + 1}.key`)),
        ...formOf(model, shape.value.shape, item, inner(`entry.${index + 1}.value`)),
      ]);
    default: {
      const text =
        value instanceof Uint8Array ? Buffer.from(value).toString('base64') : String(value);
      return [`${name}=${encodeURIComponent(text)}`];
    }
  }
}

void suite('a form', () => {
  void test('gives the input that was written, for any value of any type', () => {
    fc.assert(
      fc.property(anyInput(fc.string({ unit: 'grapheme' })), (input) => {
        // A structure without members cannot be told from none.
        fc.pre(input['Nested'] === undefined || Object.keys(input['Nested'] as object).length > 0);
        const form = formOf(operation.model, 'Everything', input, '');
        assert.deepEqual(
          comparable(read(['Action=Do', 'Version=1', ...form].join('&'))),
          comparable(input),
        );
      }),
    );
  });

  void test('writes blanks as + or %20', () => {
    assert.deepEqual(read('Text=a+b%20c%2B'), { Text: 'a b c+' });
  });

  void test('orders lists by number and closes gaps', () => {
    assert.deepEqual(read('Names.member.10=c&Names.member.2=b&Names.member.1=a'), {
      Names: ['a', 'b', 'c'],
    });
    assert.deepEqual(read('Names='), { Names: [] });
  });

  void test('stands in the URL of a GET', () => {
    const get = requestHead({ method: 'GET', target: '/?Action=Do&Text=a', rawHeaders: [] });
    const input = query.readInput(
      operation,
      { head: get, body: new Uint8Array(0) },
      new DisposableStack(),
    );
    assert.deepEqual(input, { Text: 'a' });
  });

  void test('is refused when it is malformed', () => {
    refused('Text=a&Text=b', /twice/);
    refused('Text=%', /percent/);
    refused('Text=%zz', /percent/);
    refused('Text=%ff', /UTF-8/);
    refused('Names.member.x=a', /no number/);
    refused('Names.member.0=a', /no number/);
    refused('Number=1.5', /integer/);
    refused('Yes=TRUE', /boolean/);
    refused(`${'a.'.repeat(70)}b=c`, /64 levels/);
    refused(Array.from({ length: 10_001 }, (_, index) => `a${index}=`).join('&'), /too many/);
  });

  void test('never reaches Object.prototype', () => {
    const { Pairs } = read('Pairs.entry.1.key=__proto__&Pairs.entry.1.value=x');
    assert.deepEqual(Object.entries(Pairs as object), [['__proto__', 'x']]);
    assert.deepEqual(read('constructor.prototype.a=1&__proto__.b=2'), {});
  });
});

void suite('an answer in XML', () => {
  void test('has the wrapper, the namespace and the request id', () => {
    const answer = query.writeOutput(
      operation,
      { Text: '<&>', Names: [], Inners: [{ Name: 'n', More: ['a'] }], Pairs: { k: 'v' } },
      'id-1',
      head,
    );
    assert.equal(
      Buffer.from(answer.body).toString(),
      '<DoResponse xmlns="https://fake.example/doc/"><DoResult><Text>&lt;&amp;&gt;</Text><Names></Names>' +
        '<Inners><Item><wireName>n</wireName><More><member>a</member></More></Item></Inners>' +
        '<Pairs><entry><key>k</key><value>v</value></entry></Pairs></DoResult>' +
        '<ResponseMetadata><RequestId>id-1</RequestId></ResponseMetadata></DoResponse>',
    );
    assert.equal(answer.headers['content-type'], 'text/xml');
  });

  void test('of an error tells whose fault it is', () => {
    const error = {
      code: 'Failure',
      status: 409,
      message: 'a < b',
      members: { Names: ['x'] },
      messageMember: 'message',
    } as const;
    const answer = query.writeError(operation, error, 'id-1', head);
    assert.equal(answer.status, 409);
    assert.match(
      Buffer.from(answer.body).toString(),
      /<Error><Type>Sender<\/Type><Code>Failure<\/Code><Message>a &lt; b<\/Message><Names><member>x<\/member><\/Names><\/Error><RequestId>id-1<\/RequestId>/,
    );
    const fault = query.writeError(undefined, { ...error, status: 503 }, 'id-1', head);
    assert.match(Buffer.from(fault.body).toString(), /<Type>Receiver<\/Type>/);
  });
});

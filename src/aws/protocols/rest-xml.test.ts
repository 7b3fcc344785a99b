import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { CommonError } from '../errors.ts';
import { requestHead } from '../http/messages.ts';
import type { ServiceModel } from '../model.ts';
import type { Input } from './protocol.ts';
import { restXml, routeRest } from './rest-xml.ts';
import { anyInput, comparable, head, wireOperation } from './test-model.ts';

const everything = wireOperation('rest-xml');

function read(body: string | Uint8Array): Input {
  return restXml.readInput(everything, { head, body: Buffer.from(body) }, new DisposableStack());
}

function refused(body: string | Uint8Array, text = /./): void {
  assert.throws(
    () => read(body),
    (error) =>
      error instanceof CommonError && error.kind === 'serialization' && text.test(error.message),
  );
}

/** Of zones, as Route 53 has them. */
const zones: ServiceModel = {
  apiVersion: '2013-04-01',
  protocol: 'rest-xml',
  operations: {
    Change: {
      input: 'ChangeRequest',
      method: 'POST',
      uri: '/2013-04-01/hostedzone/{Id}/rrset/',
      inputElement: 'ChangeRequest',
      errors: [],
    },
    Get: { input: 'GetRequest', method: 'GET', uri: '/2013-04-01/hostedzone/{Id}', errors: [] },
    List: { input: 'ListRequest', method: 'GET', uri: '/2013-04-01/hostedzone', errors: [] },
    Create: {
      output: 'Created',
      method: 'POST',
      uri: '/2013-04-01/hostedzone',
      status: 201,
      errors: [],
    },
  },
  shapes: {
    ChangeRequest: {
      type: 'structure',
      members: { Zone: { shape: 'Text', location: 'uri', name: 'Id' }, Comment: { shape: 'Text' } },
    },
    GetRequest: {
      type: 'structure',
      members: { Zone: { shape: 'Text', location: 'uri', name: 'Id' } },
    },
    ListRequest: {
      type: 'structure',
      members: {
        Marker: { shape: 'Text', location: 'querystring', name: 'marker' },
        MaxItems: { shape: 'Whole', location: 'querystring', name: 'maxitems' },
        Agent: { shape: 'Text', location: 'header', name: 'X-Agent' },
      },
    },
    Created: {
      type: 'structure',
      members: { Location: { shape: 'Text', location: 'header' }, Name: { shape: 'Text' } },
    },
    Text: { type: 'string' },
    Whole: { type: 'integer' },
  },
};

function zoneOperation(name: string) {
  return { name, operation: zones.operations[name]!, model: zones, signingName: 'route53' };
}

function get(target: string, rawHeaders: readonly string[] = [], method = 'GET') {
  return requestHead({ method, target, rawHeaders });
}

void suite('an XML body', () => {
  void test('gives the input that was written, for any value of any type', () => {
    const text = fc
      .string({ unit: 'grapheme' })
      .filter((each) => !/[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]/u.test(each));
    fc.assert(
      fc.property(anyInput(text), (input) => {
        const { body } = restXml.writeOutput(everything, input, 'id', head);
        assert.deepEqual(comparable(read(body)), comparable(input));
      }),
    );
  });

  void test('may have comments, CDATA, prefixes, blanks and character references', () => {
    assert.deepEqual(
      read(
        '<?xml version="1.0"?>\n<a:Everything xmlns:a="u"><!-- c -->\n  <a:Text><![CDATA[<b>&amp;]]>&#65;&#x42;&quot;</a:Text>\n</a:Everything>',
      ),
      { Text: '<b>&amp;AB"' },
    );
  });

  void test('is refused when it is not well-formed, or another document', () => {
    for (const body of ['<Everything>', '<Everything/>x', '<Everything/><Everything/>', 'x', '{}'])
      refused(body);
    for (const body of ['<Everything><!-- ', '<Everything><![CDATA[x</Everything>']) refused(body);
    refused('<Other/>', /root element/);
    refused('<Everything><Text>a</Text><Text>b</Text></Everything>', /twice/);
    refused('<Everything><Number>a</Number></Everything>', /integer/);
    refused(Buffer.from([0x3c, 0xff, 0x3e]), /UTF-8/);
    refused('<Everything><__proto__/></Everything>');
  });

  void test('is refused when it declares or uses entities of its own', () => {
    refused('<!DOCTYPE a [<!ENTITY x "y">]><Everything/>', /document type/);
    refused('<Everything><Text>&x;</Text></Everything>', /entity/);
    refused('<Everything><Text>&#0;</Text></Everything>', /entity/);
    refused('<Everything><Text>&#xD800;</Text></Everything>', /entity/);
    refused('<Everything><Text>&#x1;</Text></Everything>', /entity/);
    refused('<Everything><Text>&#xFFFF;</Text></Everything>', /entity/);
  });

  void test('is refused when there are elements where a text is expected', () => {
    for (const text of ['<a/>a', 'a<a/>', '<a>a</a>', '<a/>', 'a<a/>b'])
      refused(`<Everything><Text>${text}</Text></Everything>`, /where a text/);
  });

  void test('is refused quickly, however it is made to be slow', () => {
    for (const part of [
      '<!--',
      '<![CDATA[',
      '&',
      '<a ',
      '<a b="',
      '&#',
      '</a',
      '<?',
      '\n',
      ']]>',
      '<a>',
    ]) {
      // Of this thread alone: the machine may be busy.
      const start = process.threadCpuUsage();
      refused(`<Everything>${part.repeat(1_000_000 / part.length)}`);
      const milliseconds = process.threadCpuUsage(start).user / 1_000;
      assert.ok(milliseconds < 2_000, `${part} took ${milliseconds} ms`);
    }
  });

  void test('is refused when it is nested deeper than 64 levels', () => {
    refused(`<Everything>${'<a>'.repeat(70)}${'</a>'.repeat(70)}</Everything>`);
  });
});

void suite('a path', () => {
  void test('names the operation, whatever its last slash', () => {
    assert.equal(routeRest(zones, get('/2013-04-01/hostedzone')), 'List');
    assert.equal(routeRest(zones, get('/2013-04-01/hostedzone/')), 'List');
    assert.equal(routeRest(zones, get('/2013-04-01/hostedzone/Z1?a=b')), 'Get');
    assert.equal(routeRest(zones, get('/2013-04-01/hostedzone/Z1/rrset', [], 'POST')), 'Change');
    assert.equal(routeRest(zones, get('/2013-04-01/hostedzone/Z1', [], 'DELETE')), undefined);
  });

  void test('with segments that the signature does not cover names nothing', () => {
    for (const path of ['hostedzone/..', 'hostedzone/.', 'hostedzone//', './hostedzone', ''])
      assert.equal(routeRest(zones, get(`/2013-04-01/${path}`)), undefined);
  });

  void test('gives labels decoded, beside the query, headers and body', () => {
    const change = restXml.readInput(
      zoneOperation('Change'),
      {
        head: get('/2013-04-01/hostedzone/%2Fhostedzone%2FZ1/rrset/', [], 'POST'),
        body: Buffer.from('<ChangeRequest><Comment>c</Comment></ChangeRequest>'),
      },
      new DisposableStack(),
    );
    assert.deepEqual(change, { Zone: '/hostedzone/Z1', Comment: 'c' });
    const list = restXml.readInput(
      zoneOperation('List'),
      {
        head: get('/2013-04-01/hostedzone?maxitems=5&marker=a%2Bb&x=y', ['X-Agent', 'me']),
        body: new Uint8Array(0),
      },
      new DisposableStack(),
    );
    assert.deepEqual(list, { Marker: 'a+b', MaxItems: 5, Agent: 'me' });
  });
});

void suite('a REST answer', () => {
  void test('has the status of its model, and headers', () => {
    const answer = restXml.writeOutput(
      zoneOperation('Create'),
      { Location: 'https://x/2013-04-01/hostedzone/Z1', Name: 'a' },
      'id',
      head,
    );
    assert.equal(answer.status, 201);
    assert.equal(answer.headers['location'], 'https://x/2013-04-01/hostedzone/Z1');
    assert.equal(
      Buffer.from(answer.body).toString(),
      '<?xml version="1.0" encoding="UTF-8"?>\n<Created xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Name>a</Name></Created>',
    );
  });
});

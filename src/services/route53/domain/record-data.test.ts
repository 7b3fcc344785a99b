import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as dns from 'dns-packet';
import fc from 'fast-check';
import { escapeName, formatName, nameOfOrder, orderOf, parseName } from './names.ts';
import { isRecordType, parseRecordData, type RecordType } from './record-data.ts';

/** What a client reads of a record that was sent with this value. */
function sent(type: RecordType, value: string): unknown {
  const packet = dns.encode({
    type: 'response',
    answers: [{ name: 'a.example', type, data: parseRecordData(type, value) } as dns.Answer],
  });
  const [record] = dns.decode(packet).answers ?? [];
  return (record as dns.StringAnswer).data;
}

test('every type goes on the wire as it was written', () => {
  assert.equal(sent('A', '192.0.2.255'), '192.0.2.255');
  assert.equal(sent('AAAA', '2001:0DB8::00fF'), '2001:db8::ff');
  assert.equal(sent('AAAA', '::ffff:192.0.2.1'), '::ffff:c000:201');
  assert.equal(sent('CNAME', '_X.Target.example.'), '_X.Target.example');
  assert.equal(sent('CNAME', String.raw`\052.X\041.example`), '*.X!.example');
  assert.equal(sent('NS', 'ns.example'), 'ns.example');
  assert.equal(sent('PTR', 'host.example.'), 'host.example');
  assert.deepEqual(sent('MX', '10  mail.example.'), { preference: 10, exchange: 'mail.example' });
  assert.deepEqual(sent('SRV', '1 2 443 host.example.'), {
    priority: 1,
    weight: 2,
    port: 443,
    target: 'host.example',
  });
  assert.deepEqual(sent('CAA', '128 issue "ca.example; policy=ev"'), {
    flags: 128,
    issuerCritical: true,
    tag: 'issue',
    value: 'ca.example; policy=ev',
  });
  assert.deepEqual(sent('TXT', String.raw`"one \"two\" \\" "\303\244"`), [
    Buffer.from(String.raw`one "two" \ `.trimEnd()),
    Buffer.from('ä'),
  ]);
  assert.deepEqual(sent('SOA', 'ns.example. mail.example. 1 2 3 4 5'), {
    mname: 'ns.example',
    rname: 'mail.example',
    serial: 1,
    refresh: 2,
    retry: 3,
    expire: 4,
    minimum: 5,
  });
});

test('what is no value of its type is refused', () => {
  const wrong: [RecordType, string][] = [
    ['A', '::1'],
    ['A', '192.0.2.01'],
    ['A', '192.0.2.0/24'],
    ['AAAA', '192.0.2.1'],
    ['AAAA', '1::2::3'],
    ['CNAME', 'a..example'],
    ['CNAME', `${'x'.repeat(64)}.example`],
    ['MX', 'mail.example'],
    ['MX', '65536 mail.example'],
    ['SRV', '1 2 3'],
    ['CAA', '256 issue "ca"'],
    ['CAA', '0 issue ca'],
    ['TXT', ''],
    ['TXT', 'bare'],
    ['TXT', '"open'],
    ['TXT', `"${'x'.repeat(256)}"`],
    ['TXT', '"€"'],
    ['SOA', 'ns.example. mail.example. 1 2 3 4'],
  ];
  for (const [type, value] of wrong) {
    assert.throws(() => parseRecordData(type, value), { name: 'Unreadable' }, `${type} ${value}`);
  }
  assert.equal(isRecordType('NAPTR'), false);
  assert.equal(isRecordType('toString'), false);
});

test('whatever is taken can be sent and read again', () => {
  const types: RecordType[] = ['A', 'AAAA', 'CAA', 'CNAME', 'MX', 'NS', 'PTR', 'SOA', 'SRV', 'TXT'];
  const piece = fc.oneof(
    fc.constantFrom('10', '65535', '192.0.2.1', '::', '::1', '"x"', 'issue', 'a.example.', '.'),
    fc.string({ maxLength: 12 }),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...types),
      fc.array(piece, { maxLength: 7 }).map((pieces) => pieces.join(' ')),
      (type, value) => {
        try {
          parseRecordData(type, value);
        } catch (error) {
          assert.equal((error as Error).name, 'Unreadable');
          return;
        }
        sent(type, value);
      },
    ),
    { numRuns: 3000 },
  );
});

test('names come back from their order and from their escapes', () => {
  const label = fc.stringMatching(/^[a-z0-9_*!-]{1,20}$/);
  fc.assert(
    fc.property(fc.array(label, { minLength: 1, maxLength: 6 }), (labels) => {
      const name = labels.join('.');
      assert.equal(nameOfOrder(orderOf(name)), name);
      assert.equal(parseName(formatName(name)), name);
      assert.equal(parseName(escapeName(name).toUpperCase()), name);
    }),
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answer, rcodes } from './answer.ts';
import { zonesOf } from './test-zones.ts';

const source = zonesOf({
  'a.example': {
    'www.a.example': [
      ['A', '192.0.2.1'],
      ['A', '192.0.2.2'],
    ],
    'alias.a.example': [['CNAME', 'WWW.a.example']],
    'out.a.example': [['CNAME', 'elsewhere.test']],
    'other.a.example': [['CNAME', 'gone.b.example']],
    'loop.a.example': [['CNAME', 'loop.a.example']],
    'deep.under.a.example': [['TXT', ['x']]],
    '*.wild.a.example': [['A', '192.0.2.3']],
    'host.wild.a.example': [['TXT', ['x']]],
    'cut.a.example': [
      ['NS', 'ns.cut.a.example'],
      ['NS', 'ns.elsewhere.test'],
    ],
    'ns.cut.a.example': [['A', '192.0.2.4']],
  },
  'b.example': {},
  'sub.b.example': { 'x.sub.b.example': [['A', '192.0.2.5']] },
});

async function ask(name: string, type = 'A') {
  const { rcode, isAuthoritative, answers, authorities, additionals } = await answer(source, {
    name,
    type,
  });
  const shown = (records: typeof answers): string[] =>
    records.map((each) => `${each.name} ${each.type} ${JSON.stringify(each.data)}`);
  return {
    rcode,
    isAuthoritative,
    answers: shown(answers),
    authorities: authorities.map((each) => `${each.name} ${each.type}`),
    additionals: shown(additionals),
  };
}

test('the owner of an answer has the letters of the question', async () => {
  assert.deepEqual(await ask('wWw.A.example'), {
    rcode: rcodes.noError,
    isAuthoritative: true,
    answers: ['wWw.A.example A "192.0.2.1"', 'wWw.A.example A "192.0.2.2"'],
    authorities: [],
    additionals: [],
  });
});

test('a name without records of the type is no error, one that is missing is; both show the SOA', async () => {
  for (const [name, rcode] of [
    ['www.a.example', rcodes.noError],
    ['under.a.example', rcodes.noError],
    ['none.a.example', rcodes.nameError],
    ['none.deep.under.a.example', rcodes.nameError],
  ] as const) {
    const found = await ask(name, 'MX');
    assert.equal(found.rcode, rcode, name);
    assert.deepEqual(found.answers, []);
    assert.deepEqual(found.authorities, ['a.example SOA']);
  }
});

test('names outside of our zones are refused', async () => {
  const found = await ask('www.elsewhere.test');
  assert.equal(found.rcode, rcodes.refused);
  assert.equal(found.isAuthoritative, false);
});

test('the longest zone decides', async () => {
  assert.deepEqual((await ask('x.sub.b.example')).answers, ['x.sub.b.example A "192.0.2.5"']);
  assert.deepEqual((await ask('y.sub.b.example')).authorities, ['sub.b.example SOA']);
});

test('a CNAME is followed within our zones, as far as it goes', async () => {
  assert.deepEqual((await ask('alias.a.example')).answers, [
    'alias.a.example CNAME "WWW.a.example"',
    'WWW.a.example A "192.0.2.1"',
    'WWW.a.example A "192.0.2.2"',
  ]);
  assert.deepEqual((await ask('alias.a.example', 'CNAME')).answers, [
    'alias.a.example CNAME "WWW.a.example"',
  ]);
  const out = await ask('out.a.example');
  assert.equal(out.rcode, rcodes.noError);
  assert.deepEqual(out.answers, ['out.a.example CNAME "elsewhere.test"']);
  // RFC 6604 §3: the code is that of the end of the chain.
  const gone = await ask('other.a.example');
  assert.equal(gone.rcode, rcodes.nameError);
  assert.deepEqual(gone.authorities, ['b.example SOA']);
  const loop = await ask('loop.a.example');
  assert.equal(loop.rcode, rcodes.noError);
  assert.equal(new Set(loop.answers).size, loop.answers.length);
});

test('a wildcard answers for names that do not exist, and hides nothing that does', async () => {
  assert.deepEqual((await ask('any.thing.wild.a.example')).answers, [
    'any.thing.wild.a.example A "192.0.2.3"',
  ]);
  assert.deepEqual((await ask('host.wild.a.example')).answers, []);
  assert.equal((await ask('host.wild.a.example')).rcode, rcodes.noError);
  // RFC 4592 §2.2.1: the closest encloser is host.wild, and there is no wildcard under it.
  assert.equal((await ask('x.host.wild.a.example')).rcode, rcodes.nameError);
  assert.equal((await ask('any.wild.a.example', 'TXT')).rcode, rcodes.noError);
});

test('below a delegation the answer is a referral with glue, without authority', async () => {
  for (const name of ['cut.a.example', 'x.cut.a.example', 'ns.cut.a.example']) {
    assert.deepEqual(await ask(name), {
      rcode: rcodes.noError,
      isAuthoritative: false,
      answers: [],
      authorities: ['cut.a.example NS', 'cut.a.example NS'],
      additionals: ['ns.cut.a.example A "192.0.2.4"'],
    });
  }
});

test('whether a delegation is signed is asked of the zone above it (RFC 4035 §3.1.4.1)', async () => {
  const { isAuthoritative, rcode, answers, authorities } = await ask('cut.a.example', 'DS');
  assert.deepEqual(
    { isAuthoritative, rcode, answers, authorities },
    { isAuthoritative: true, rcode: rcodes.noError, answers: [], authorities: ['a.example SOA'] },
  );
  assert.equal((await ask('x.cut.a.example', 'DS')).isAuthoritative, false);
});

test('ANY gets one small record', async () => {
  assert.deepEqual((await ask('www.a.example', 'ANY')).answers, [
    'www.a.example HINFO {"cpu":"RFC8482","os":""}',
  ]);
  assert.equal((await ask('none.a.example', 'ANY')).rcode, rcodes.nameError);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer, RecordType } from 'dns-packet';
import { exchange } from '../../src/dns/exchange.ts';
import { createDnsServer } from '../../src/dns/index.ts';
import { plainName } from '../../src/lib/domain-name.ts';
import { silentLog } from '../../src/lib/log.ts';
import { systemRandom } from '../../src/lib/random.ts';
import type { ResourceRecordSet } from '../../src/services/route53/model.ts';
import {
  changeRecords,
  hostedZone,
  records,
  testRoom,
} from '../../src/services/route53/test-room.ts';
import { freePort } from '../loopback.ts';
import { seeded } from '../torture/seeded.ts';
import { until } from '../until.ts';
import { hasNamed, startNamed } from './named.ts';

/**
 * BIND takes zones of chance from us, full of wildcards, empty names, delegations and CNAMEs, and is then asked what we
 * are asked: two servers that share no code have to say the same.
 */
const zones = Array.from({ length: 6 }, (_, n) => `z${n}.test`);
const questionsPerZone = 400;
const serverFailure = 2;
const types: readonly RecordType[] = ['A', 'TXT', 'CNAME', 'NS', 'MX', 'SOA', 'DS'];

test(
  'our answers are those of BIND',
  { skip: hasNamed ? false : 'needs named (bind9)', timeout: 600_000 },
  async () => {
    const room = await testRoom();
    for (const [seed, zone] of zones.entries()) {
      const id = await hostedZone(room, zone);
      const sets = randomSets(zone, seeded(seed + 1));
      await changeRecords(
        room,
        id,
        sets.map((set) => ['CREATE', set]),
      );
    }
    const port = await freePort();
    const source = room.route53.dnsSource;
    await using ours = await createDnsServer({
      host: '127.0.0.1',
      port: 0,
      source,
      log: silentLog,
      transfers: { source, secondaries: [{ host: '127.0.0.1', port }] },
    });
    await using named = startNamed({ port, primaryPort: ours.port, zones });
    for (const zone of zones)
      await until(zone, 120, () => named.resolver.resolveSoa(zone).catch(() => undefined));

    for (const [seed, zone] of zones.entries()) {
      const random = seeded(seed + 101);
      for (let n = 0; n < questionsPerZone; n++) {
        const question = { name: randomName(zone, random), type: pick(types, random) };
        const [told, expected] = [await ask(ours.port, question), await ask(port, question)];
        const what = `${question.name} ${question.type} (seed ${seed + 1})`;
        // BIND adds addresses that nobody needs.
        assert.deepEqual(
          told.glue.filter((record) => !expected.glue.includes(record)),
          [],
          what,
        );
        // A chain that never ends is an error for BIND; we have said what there is.
        const rcode = expected.rcode === serverFailure ? 0 : expected.rcode;
        assert.deepEqual({ ...told, glue: [] }, { ...expected, rcode, glue: [] }, what);
      }
    }
  },
);

type Chance = () => number;

function pick<T>(all: readonly T[], random: Chance): T {
  return all[Math.floor(random() * all.length)] as T;
}

/** One to four labels under the zone, of few, so that names meet. */
function randomName(zone: string, random: Chance): string {
  const labels = Array.from({ length: 1 + Math.floor(random() * 4) }, () =>
    pick(['a', 'b', 'c', '*'], random),
  );
  return [...labels, zone].join('.');
}

function randomSets(zone: string, random: Chance): ResourceRecordSet[] {
  const names = new Set(Array.from({ length: 30 }, () => randomName(zone, random)));
  return [...names].flatMap((name) => {
    const chance = random();
    if (chance < 0.3) return [records(name, 'A', '192.0.2.1', '192.0.2.2')];
    if (chance < 0.5) return [records(name, 'TXT', '"one" "two"'), records(name, 'MX', '1 a.test')];
    if (chance < 0.6) return [records(name, 'CNAME', 'elsewhere.example')];
    // A wildcard with name servers means nothing that servers agree on (RFC 4592 §4.2).
    if (chance < 0.75 && !name.includes('*')) {
      return [
        records(name, 'NS', `ns.${name}`, 'ns.example'),
        records(`ns.${name}`, 'A', '192.0.2.3'),
      ];
    }
    return [records(name, 'CNAME', randomName(zone, random))];
  });
}

async function ask(port: number, question: { name: string; type: RecordType }) {
  const answer = await exchange(
    { host: '127.0.0.1', port },
    { question, timeoutMilliseconds: 60_000, random: systemRandom },
  );
  const { flags = 0, answers = [], authorities = [], additionals = [] } = answer;
  // What stands beside a positive answer is no part of it.
  const isAnswered = answers.length > 0;
  return {
    rcode: flags & 0x0f,
    isAuthoritative: answer.flag_aa,
    answers: written(answers),
    authorities: written(authorities.filter(({ type }) => !isAnswered || type !== 'NS')),
    glue: written(additionals),
  };
}

function written(all: readonly Answer[]): string[] {
  return all
    .flatMap((record) => {
      if (record.type === 'OPT') return [];
      const data = 'data' in record ? JSON.stringify(record.data) : '';
      const ttl = 'ttl' in record ? record.ttl : 0;
      return [`${plainName(record.name)} ${ttl} ${record.type} ${data}`];
    })
    .toSorted();
}

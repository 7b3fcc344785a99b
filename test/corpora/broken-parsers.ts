import fc from 'fast-check';
import { subject, type Subject, type Target } from '../../tools/fuzz/target.ts';

/** Parsers with a fault each, which the fuzzer must find; see fuzzer.test.ts. */
export const targets: Readonly<Record<string, Target>> = {
  throws: target(
    'fails on an object in a list in an object',
    fc.json().map((text) => Buffer.from(text)),
    (input) => {
      const text = Buffer.from(input).toString();
      if (/\{"[^"]*":\[\{/.test(text)) throw new Error('a structure that nobody foresaw');
    },
  ),
  slow: target('works for 200 ms on some inputs', fc.uint8Array(), (input) => {
    if (input.filter((byte) => byte === 0x28).length < 3) return;
    const begin = process.threadCpuUsage().user;
    while (process.threadCpuUsage().user - begin < 200_000);
  }),
  endless: target('does not come to an end on some inputs', fc.uint8Array(), (input) => {
    for (let at = 0; at < input.length;) at += input[at] === 0x29 ? 0 : 1;
  }),
  leaks: target('keeps something of every input', fc.uint8Array(), () => {
    kept.push(new Uint8Array(4_096).fill(1));
  }),
  stray: target('fails later, where nobody can catch it', fc.uint8Array(), async (input) => {
    if (input.includes(0x2a))
      setImmediate(() => {
        throw new Error('nobody is there');
      });
    await new Promise((resolve) => setImmediate(resolve));
  }),
  hidden: target('fails behind three checks, one after the other', fc.uint8Array(), (input) => {
    if (input[0] !== 0x46) return;
    if (input[1] !== 0x41) return;
    if (input[2] !== 0x53) return;
    throw new Error('found');
  }),
  sound: target('is right', fc.uint8Array(), () => {}),
};

const kept: Uint8Array[] = [];

function target(about: string, inputs: fc.Arbitrary<Uint8Array>, take: Subject['take']): Target {
  return { about, inputs, maxBytes: 64 * 1024, start: async () => subject(take) };
}

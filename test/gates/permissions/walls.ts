import type { Answer, Input } from './client.ts';
import { prepare, type Prepared } from './case.ts';
import { another, type Tried } from './gate.ts';
import { Scene } from './scene.ts';
import type { World } from './world.ts';

/** Something in an input that is one account's own, and where it stands. */
interface Own {
  readonly path: readonly (string | number)[];
  readonly ours: string | Uint8Array;
}

/**
 * What an administrator of another account learns of ours. Whatever names something of ours is put into an input that
 * is otherwise right: the answer has to be that for something that does not exist, with the same queries behind it.
 * @param prepareTheirs makes the scene of a case in the other account, anew each time
 */
export async function leaksOf(
  { service, name, each }: Tried,
  ours: Scene,
  { input }: Prepared,
  prepareTheirs: () => Promise<Input>,
): Promise<string[]> {
  const { world } = ours;
  const { admin } = world.theirs;
  const leaks: string[] = [];
  let theirs = await prepareTheirs();
  const ask = async (change: (input: Input) => Input): Promise<Asked> => {
    const asked = change(theirs);
    world.sentByTheirs.push(JSON.stringify(asked));
    const before = world.reads.length;
    const answer = await admin.call(service.signingName, name, asked);
    const reads = world.reads.slice(before).join('\n');
    if (answer.code === undefined && !service.readOnly.has(name)) theirs = await prepareTheirs();
    return { answer, reads };
  };

  for (const { path, ours: id } of differences(input, theirs)) {
    if (each.toldByAws?.includes(String(path[0])) === true) continue;
    const absent = absentLike(id, ours);
    const askFor = (value: unknown) => ask((right) => replaced(right, path, value));
    const [real, none] = [await askFor(id), await askFor(absent)];
    const [told, expected] = [masked(real.answer, id), masked(none.answer, absent)];
    const what = path.join('.');
    if (told !== expected) leaks.push(`${what}: ${told} where there is none: ${expected}`);
    // Again, when all is in memory that is kept there.
    const [realReads, noReads] = [(await askFor(id)).reads, (await askFor(absent)).reads];
    if (real.answer.code !== undefined && realReads !== noReads)
      leaks.push(`${what}: ${realReads}\n where there is none: ${noReads}`);
    leaks.push(...mentions(real.answer, world).map((mention) => `${what}: ${mention}`));
  }
  return [...leaks, ...mentions((await ask((right) => right)).answer, world)];
}

interface Asked {
  readonly answer: Answer;
  readonly reads: string;
}

const tokens = ['Marker', 'NextToken', 'NextMarker'];
const sizes = ['MaxItems', 'Limit', 'PageSize', 'MaxResults'];

/** Whether the place in one of our lists can be used in the same list of another account, where all has the same names. */
export async function tokenLeaksOf(
  { service, name, cases, each }: Tried,
  ours: Scene,
  { input }: Prepared,
): Promise<string[]> {
  const { signingName, model } = service;
  const shape = model.shapes[model.operations[name]?.input ?? ''];
  const members = shape?.type === 'structure' ? Object.keys(shape.members) : [];
  const token = members.find((member) => tokens.includes(member));
  const size = members.find((member) => sizes.includes(member));
  if (token === undefined || size === undefined || each.isOnePage === true) return [];
  const sized = { [size]: shape?.type === 'structure' && isText(size, signingName) ? '1' : 1 };
  const page = await ours.home.do(signingName, name, { ...input, ...sized });
  const position: string | undefined = tokens.map((member) => page[member]).find(Boolean);
  if (position === undefined) return ['the case has one page only'];

  const twin = new Scene(ours.world, ours.world.twins, ours.name);
  const same = await prepare(each, twin, { service: signingName, name, model, cases });
  const askWith = (value: unknown): Promise<Answer> =>
    twin.home.admin.call(signingName, name, { ...same.input, ...sized, [token]: value });
  const answer = await askWith(position);
  if (answer.code !== undefined) return [];
  const none = absentLike(position, ours);
  return masked(answer, position) === masked(await askWith(none), none)
    ? []
    : [`a token of ours is taken: ${answer.body}`];
}

/** Route 53 has numbers as text. */
function isText(size: string, service: string): boolean {
  return service === 'route53' && size === 'MaxItems';
}

/** Where two inputs of one form are not the same: there stands what is each account's own. */
function differences(
  ours: unknown,
  theirs: unknown,
  path: readonly (string | number)[] = [],
): Own[] {
  if (typeof ours === 'string') return ours === theirs ? [] : [{ path, ours }];
  if (ours instanceof Uint8Array)
    return Buffer.from(ours).equals(theirs as Uint8Array) ? [] : [{ path, ours }];
  if (typeof ours !== 'object' || ours === null) return [];
  return Object.entries(ours).flatMap(([key, value]) =>
    differences(value, (theirs as Record<string, unknown>)[key], [...path, key]),
  );
}

function replaced<T>(input: T, [key, ...rest]: readonly (string | number)[], by: unknown): T {
  if (key === undefined) return by as T;
  const copy = (Array.isArray(input) ? [...input] : { ...input }) as Record<string, unknown>;
  copy[key] = replaced(copy[key], rest, by);
  return copy as T;
}

/** What could be an id of the same kind, and is none. */
function absentLike<T extends string | Uint8Array>(id: T, { name }: Scene): T;
function absentLike(id: string | Uint8Array, { name }: Scene): string | Uint8Array {
  if (typeof id === 'string') {
    if (id.startsWith('{')) return id.replaceAll(name, another);
    return id.startsWith('WyJ') ? tokenOfOther(id) : another(id);
  }
  // A ciphertext: of another key.
  return id.map((byte, at) => (at === 4 ? byte ^ 1 : byte));
}

/** A token is a list of texts that name something: the same list of something else. */
function tokenOfOther(token: string): string {
  const content = JSON.parse(Buffer.from(token, 'base64url').toString()) as unknown[];
  const other = content.map((each) => (typeof each === 'string' ? another(each) : each));
  return Buffer.from(JSON.stringify(other)).toString('base64url');
}

/** The answer but for what was sent, and for what every answer has of its own; of a success only its form. */
function masked({ status, code, body, output }: Answer, sent: string | Uint8Array): string {
  if (code === undefined) return `${status} ${formOf(output)}`;
  const ids = typeof sent === 'string' ? [sent, sent.replace(/.*[/:]/, '')] : [];
  const text = ids.reduce((rest, id) => rest.replaceAll(id, '<sent>'), body);
  const own = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|theirs\d+x\d+/g;
  return `${status} ${text.replaceAll(own, '<own>')}`;
}

function formOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.length > 0 ? formOf(value[0]) : ''}]`;
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array)
    return typeof value;
  if (value instanceof Date) return 'date';
  const members = Object.entries(value).filter(([key]) => key !== '$metadata');
  return `{${members.map(([key, each]) => `${key}:${formOf(each)}`).join()}}`;
}

/** What of ours stands in an answer, though nobody in the other account ever wrote it. */
function mentions({ body }: Answer, { ours, sentByTheirs }: World): string[] {
  const found = new Set(body.match(new RegExp(`${ours.account}|\\bours\\d+`, 'g')));
  return [...found]
    .filter((each) => !sentByTheirs.some((sent) => sent.includes(each)))
    .map((each) => `tells of ${each}`);
}

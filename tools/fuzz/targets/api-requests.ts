import fc from 'fast-check';
import type { MemberRef, ServiceModel, Shape } from '../../../src/aws/model.ts';
import { model as acm } from '../../../src/services/acm/model.ts';
import { model as cloudtrail } from '../../../src/services/cloudtrail/model.ts';
import { model as elbv2 } from '../../../src/services/elbv2/model.ts';
import { model as iam } from '../../../src/services/iam/model.ts';
import { model as kms } from '../../../src/services/kms/model.ts';
import { model as route53 } from '../../../src/services/route53/model.ts';
import { model as sts } from '../../../src/services/sts/model.ts';
import { common } from './bytes.ts';

/** By signing name. Not the gateway's own feed: it holds its answers back until there is news. */
const models: Readonly<Record<string, ServiceModel>> = {
  acm,
  cloudtrail,
  elasticloadbalancing: elbv2,
  iam,
  kms,
  route53,
  sts,
};

/** In each member that is sensitive, in the clear. */
export const plantedSecret = 'planted-secret-of-the-fuzzer';

/** What is there, by the name under which inputs speak of it: `{key}`. */
export const placeholders = ['key', 'certificate', 'zone', 'user', 'balancer', 'group'] as const;

/**
 * A request of one operation, with inputs as its model says, as text: the signing name, method, and path or
 * `X-Amz-Target` on the first line; then the body.
 */
export function apiRequests(): fc.Arbitrary<string> {
  const operations = Object.entries(models).flatMap(([service, model]) =>
    Object.keys(model.operations).map((name) => requestsTo(service, model, name)),
  );
  return fc.oneof(...operations);
}

/** A value as all three protocols write it. */
type Written =
  | { readonly text: string; readonly isBare: boolean }
  | { readonly list: readonly Written[]; readonly item: string }
  | {
      readonly members: readonly (readonly [name: string, value: Written])[];
      readonly isMap: boolean;
    };

function requestsTo(service: string, model: ServiceModel, name: string): fc.Arbitrary<string> {
  const { input, uri, method } = model.operations[name] ?? { uri: '/', method: 'POST' };
  const empty: fc.Arbitrary<Written> = fc.constant({ members: [], isMap: false });
  const written = input === undefined ? empty : valuesOf(model, { shape: input }, '', 3);
  switch (model.protocol) {
    case 'json':
      return written.map(
        (value) =>
          `${service} POST ${model.targetPrefix}.${name}\n${JSON.stringify(asJson(value))}`,
      );
    case 'query':
      return written.map((value) => {
        const form = [`Action=${name}`, `Version=${model.apiVersion}`, ...asForm(value, '')];
        return `${service} POST /\n${form.join('&')}`;
      });
    case 'rest-xml': {
      const segment = fc.oneof(common('{zone}', 'a', '..'), texts);
      const path = fc
        .array(segment, { minLength: 3, maxLength: 3 })
        .map((parts) => uri.replaceAll(/\{\w+\+?\}/g, () => encoded(parts.pop() ?? '')));
      const element = model.operations[name]?.inputElement;
      return fc.tuple(path, written).map(([at, value]) => {
        const body = element === undefined ? '' : asXml(element, value);
        return `${service} ${method} ${at}\n${body}`;
      });
    }
  }
}

const texts = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...placeholders.map((name) => `{${name}}`)) },
  { weight: 2, arbitrary: fc.constantFrom('a', 'a.test', '*.a.test', '/', '1', 'alias/a', '*') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
      '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
      '',
      '__proto__',
      'a'.repeat(3_000),
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }) },
);

function valuesOf(
  model: ServiceModel,
  { shape: shapeName }: MemberRef,
  memberName: string,
  depth: number,
): fc.Arbitrary<Written> {
  const shape: Shape = model.shapes[shapeName] ?? { type: 'string' };
  switch (shape.type) {
    case 'structure': {
      const members = Object.entries(shape.members).map(([name, ref]) => {
        const value = valuesOf(model, ref, name, depth - 1).map(
          (each): readonly [string, Written] => [ref.name ?? name, each],
        );
        if (depth <= 0) return fc.constant(undefined);
        const isRequired = shape.required?.includes(name) === true;
        return fc.option(value, { nil: undefined, freq: isRequired ? 30 : 1 });
      });
      return fc
        .tuple(...members)
        .map((all) => ({ members: all.filter((each) => each !== undefined), isMap: false }));
    }
    case 'list': {
      const value = depth <= 0 ? undefined : valuesOf(model, shape.member, memberName, depth - 1);
      const list = value === undefined ? fc.constant([]) : fc.array(value, { maxLength: 3 });
      return list.map((each) => ({ list: each, item: shape.member.name ?? 'member' }));
    }
    case 'map':
      return fc
        .dictionary(fc.constantFrom('a', '__proto__', ''), valuesOf(model, shape.value, '', 0))
        .map((each) => ({ members: Object.entries(each), isMap: true }));
    default:
      return textsOf(shape, memberName);
  }
}

function textsOf(
  shape: Exclude<Shape, { type: 'structure' | 'list' | 'map' }>,
  name: string,
): fc.Arbitrary<Written> {
  const bare = (text: string): Written => ({ text, isBare: true });
  const quoted = (text: string): Written => ({ text, isBare: false });
  switch (shape.type) {
    case 'boolean':
      return common('true', 'false', '1').map(bare);
    case 'timestamp':
      return common('1795000000', '0', '-1e20', '1e300').map(bare);
    case 'blob': {
      const bytes = shape.sensitive === true ? plantedSecret : 'some bytes';
      const pem = `-----BEGIN PRIVATE KEY-----\n${plantedSecret}\n-----END PRIVATE KEY-----\n`;
      return common(bytes, pem, '').map((each) => quoted(Buffer.from(each).toString('base64')));
    }
    case 'string':
      if (shape.sensitive === true) return common(plantedSecret, '').map(quoted);
      return (
        shape.enum === undefined ? fc.oneof(hinted(name), texts) : common('x', ...shape.enum)
      ).map(quoted);
    default:
      return fc
        .oneof(
          fc.constantFrom(shape.min ?? 1, shape.max ?? 100, 7, 1, -1, 2 ** 53, 0.5),
          fc.integer(),
        )
        .map((number) => bare(String(number)));
  }
}

/** What a member of this name most likely means. */
function hinted(member: string): fc.Arbitrary<string> {
  const hints: readonly (readonly [RegExp, string])[] = [
    [/KeyId/, '{key}'],
    [/CertificateArn/, '{certificate}'],
    [/DomainName|AlternativeNames/, 'a.test'],
    [/Zone|^Id$/, '{zone}'],
    [/UserName/, '{user}'],
    [/LoadBalancer/, '{balancer}'],
    [/TargetGroup/, '{group}'],
    [
      /Policy/,
      '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}',
    ],
  ];
  const hint = hints.find(([pattern]) => pattern.test(member))?.[1];
  return hint === undefined ? texts : fc.constant(hint);
}

function asJson(value: Written): unknown {
  if ('list' in value) return value.list.map(asJson);
  if ('members' in value)
    return Object.fromEntries(value.members.map(([name, each]) => [name, asJson(each)]));
  return value.isBare ? (JSON.parse(value.text) as unknown) : value.text;
}

function asForm(value: Written, name: string): string[] {
  const at = (inner: string): string => (name === '' ? inner : `${name}.${inner}`);
  if ('list' in value)
    return value.list.flatMap((each, index) => asForm(each, at(`${value.item}.${index + 1}`)));
  if (!('members' in value)) return [`${name}=${encoded(value.text)}`];
  if (!value.isMap) return value.members.flatMap(([inner, each]) => asForm(each, at(inner)));
  return value.members.flatMap(([key, each], index) => [
    `${at(`entry.${index + 1}.key`)}=${encoded(key)}`,
    ...asForm(each, at(`entry.${index + 1}.value`)),
  ]);
}

function asXml(name: string, value: Written): string {
  return `<${name} xmlns="https://route53.amazonaws.com/doc/2013-04-01/">${content(value)}</${name}>`;
}

function content(value: Written): string {
  if ('list' in value)
    return value.list.map((each) => `<${value.item}>${content(each)}</${value.item}>`).join('');
  if ('members' in value)
    return value.members.map(([name, each]) => `<${name}>${content(each)}</${name}>`).join('');
  return value.text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** Placeholders stay as they are. */
function encoded(text: string): string {
  return /^\{\w+\}$/.test(text) ? text : encodeURIComponent(text.toWellFormed());
}

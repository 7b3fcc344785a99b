import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { readPemCertificates } from '../lib/pem.ts';
import { isCidr, type OutboundSettings } from '../outbound/index.ts';
import { UsageError } from './usage-error.ts';

/** `outbound` in the configuration file. */
export const outboundShape = v.strictObject({
  allow: v.optional(v.array(v.string())),
  trustedRoots: v.optional(v.string()),
});

const maxRoots = 1_000;

/** @throws UsageError with one line for the person who wrote the file */
export function outboundSettings(
  given: v.InferOutput<typeof outboundShape> = {},
): OutboundSettings {
  const { allow = [], trustedRoots } = given;
  const wrong = allow.find((range) => !isCidr(range));
  if (wrong !== undefined)
    throw new UsageError(`outbound.allow: '${wrong}' is no range like 10.0.0.0/8 or fd00::/8`);
  return {
    allow,
    ...(trustedRoots === undefined ? {} : { trustedRoots: readRoots(resolve(trustedRoots)) }),
  };
}

function readRoots(file: string): string {
  try {
    return readPemCertificates(readFileSync(file), maxRoots)
      .map((der) => new X509Certificate(der).toString())
      .join('');
  } catch {
    throw new UsageError(
      `outbound.trustedRoots: ${file} is not there or holds no PEM certificates`,
    );
  }
}

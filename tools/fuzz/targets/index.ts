import type { Target } from '../target.ts';
import { certificateTarget } from './certificate.ts';
import { derTarget } from './der.ts';
import { dnsTarget } from './dns.ts';
import { httpApiTarget } from './http-api.ts';
import { http1Target } from './http1.ts';
import { http2Target } from './http2.ts';
import { jsonTarget } from './json.ts';
import { pageTokenTarget } from './page-token.ts';
import { policyDecisionTarget } from './policy-decision.ts';
import { policyTarget } from './policy.ts';
import { privateKeyTarget } from './private-key.ts';
import { queryTarget } from './query.ts';
import { recipientDocumentTarget } from './recipient-document.ts';
import { resolverTarget } from './resolver.ts';
import { sigv4Target } from './sigv4.ts';
import { vaultFramesTarget } from './vault-frames.ts';
import { webIdentityTokenTarget } from './web-identity-token.ts';
import { xmlTarget } from './xml.ts';

/** Every target by its name on the command line. */
export const targets: Readonly<Record<string, Target>> = {
  sigv4: sigv4Target,
  json: jsonTarget,
  query: queryTarget,
  xml: xmlTarget,
  policy: policyTarget,
  'policy-decision': policyDecisionTarget,
  'page-token': pageTokenTarget,
  'web-identity-token': webIdentityTokenTarget,
  der: derTarget,
  certificate: certificateTarget,
  'private-key': privateKeyTarget,
  'recipient-document': recipientDocumentTarget,
  'vault-frames': vaultFramesTarget,
  dns: dnsTarget,
  resolver: resolverTarget,
  'http-api': httpApiTarget,
  http1: http1Target,
  http2: http2Target,
};

import { evaluate } from '../../src/aws/policy/evaluate.ts';
import { parsePolicy, type PolicyKind } from '../../src/aws/policy/parse.ts';
import type { PolicyDocument } from '../../src/aws/policy/types.ts';
import type { NaiveCase, NaiveDecision, RawPolicy } from './naive-evaluate.ts';

/** What the engine says, in the naive evaluator's words. */
export function engineDecision(asked: NaiveCase): NaiveDecision {
  const { principal, action, resource, context, boundary, session, resourcePolicy } = asked;
  const { allowed, reason } = evaluate(
    { principal, action, resource, context },
    {
      identity: asked.identity.map((each) => parsed(each, 'identity')),
      ...(boundary === undefined ? {} : { boundary: parsed(boundary, 'identity') }),
      ...(session === undefined ? {} : { session: session.map((each) => parsed(each, 'session')) }),
      ...(resourcePolicy === undefined ? {} : { resource: parsed(resourcePolicy, 'resource') }),
      resourcePolicyDecides: asked.resourceDecides,
      isGranted: asked.isGranted,
      resourceAccount: asked.resourceAccount,
    },
  );
  if (allowed) return 'allowed';
  return reason.startsWith('explicit-deny') ? 'explicitDeny' : 'implicitDeny';
}

const known = new WeakMap<RawPolicy, PolicyDocument>();

function parsed(policy: RawPolicy, kind: PolicyKind): PolicyDocument {
  const document = known.get(policy) ?? parsePolicy(JSON.stringify(policy), kind);
  known.set(policy, document);
  return document;
}

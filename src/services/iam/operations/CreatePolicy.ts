import { operation } from '../../../aws/operation.ts';
import { policyArn } from '../arn.ts';
import { describePolicy } from '../domain/policy.ts';
import { newUniqueId } from '../domain/identifiers.ts';
import { refuseMalformed } from '../documents.ts';
import { EntityAlreadyExistsException, quotaExceeded } from '../errors.ts';
import { authorizeTagging, checkTags, requestTags } from '../tags.ts';
import type { CreatePolicyRequest, CreatePolicyResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

/** @see AWS IAM User Guide, "IAM and AWS STS quotas" */
const policiesPerAccount = 1500;
const unused = { attachments: 0, boundaries: 0 };

export const CreatePolicy = operation<CreatePolicyRequest, CreatePolicyResponse, IamPorts>(
  'CreatePolicy',
  async (input, call, ports) => {
    const { PolicyName: policyName, Path: path = '/', PolicyDocument: document } = input;
    const { Description: description, Tags: tags = [] } = input;
    const { account } = call;
    const arn = policyArn({ account, path, policyName });
    await call.authorize('iam:CreatePolicy', arn, { context: requestTags(tags) });
    await authorizeTagging(call, 'iam:TagPolicy', arn, tags);
    refuseMalformed(document, 'managed');
    checkTags(tags);
    if ((await ports.policies.named(account, policyName)) !== undefined)
      throw new EntityAlreadyExistsException(
        `A policy called ${policyName} already exists. Duplicate names are not allowed.`,
      );
    if ((await ports.policies.count(account, policiesPerAccount)) >= policiesPerAccount)
      throw quotaExceeded('PoliciesPerAccount', policiesPerAccount);
    const createdAt = call.clock.now().round({ smallestUnit: 'second', roundingMode: 'floor' });
    const policy = {
      account,
      policyName,
      path,
      policyId: newUniqueId('ANPA', call.random),
      description,
      createdAt,
      updatedAt: createdAt,
      defaultVersion: 'v1',
      nextVersion: 2,
      tags,
      version: 0,
    };
    ports.policies.insert(call.change, policy, { versionId: 'v1', document, createdAt });
    call.audit.resource({ type: 'AWS::IAM::Policy', arn });
    return { Policy: { ...describePolicy(policy, unused), Description: undefined } };
  },
);

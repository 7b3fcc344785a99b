import type { Call } from '../../../aws/call.ts';
import { operation } from '../../../aws/operation.ts';
import { specContext } from '../authorization.ts';
import { keyArn, type KmsKey } from '../domain/key.ts';
import { defaultKeyPolicy, formatKeyPolicy } from '../domain/key-policy.ts';
import { usageOfNewKey } from '../domain/key-spec.ts';
import { checkedTags } from '../domain/tags.ts';
import {
  CustomKeyStoreNotFoundException,
  LimitExceededException,
  UnsupportedOperationException,
  ValidationException,
} from '../errors.ts';
import { policyToKeep } from '../kept-policy.ts';
import { newBackingKey } from '../key-material.ts';
import { keyMetadata } from '../key-metadata.ts';
import type { CreateKeyRequest, CreateKeyResponse } from '../model.ts';
import type { KmsPorts } from '../ports.ts';
import { maxKeys } from '../writer.ts';

export const CreateKey = operation<CreateKeyRequest, CreateKeyResponse, KmsPorts>(
  'CreateKey',
  async (input, call, ports) => {
    const keySpec = input.KeySpec ?? input.CustomerMasterKeySpec ?? 'SYMMETRIC_DEFAULT';
    const facts = {
      keySpec,
      keyUsage: usageOfNewKey(keySpec, input.KeyUsage),
      origin: input.Origin ?? 'AWS_KMS',
    } as const;
    const tags = checkedTags(input.Tags ?? []);
    await authorize(input, facts, call);
    refuseUnsupported(input);
    if ((await ports.reader.keyCount(call)) >= maxKeys)
      throw new LimitExceededException(`The quota of ${maxKeys} KMS keys has been reached.`);

    const policy = await policyOf(input, call, ports);
    const backingKey = await newBackingKey(call, ports, call, 'encrypt-decrypt');
    const key: KmsKey = {
      ...facts,
      account: call.account,
      region: call.region,
      keyId: backingKey.keyId,
      createdAt: call.clock.now().round('millisecond'),
      description: input.Description ?? '',
      keyManager: 'CUSTOMER',
      state: 'Enabled',
      policy,
      backingKeyId: backingKey.backingKeyId,
    };
    ports.writer.insertKey(call.change, key, backingKey, tags);
    call.audit.resource({ type: 'AWS::KMS::Key', arn: keyArn(key), account: key.account });
    return { KeyMetadata: keyMetadata(key) };
  },
);

async function authorize(
  input: CreateKeyRequest,
  facts: Pick<KmsKey, 'keySpec' | 'keyUsage' | 'origin'>,
  call: Call,
): Promise<void> {
  const context = {
    ...specContext(facts),
    'kms:MultiRegion': String(input.MultiRegion ?? false),
    'kms:BypassPolicyLockoutSafetyCheck': String(input.BypassPolicyLockoutSafetyCheck ?? false),
    ...Object.fromEntries(
      (input.Tags ?? []).map(({ TagKey, TagValue }) => [`aws:RequestTag/${TagKey}`, TagValue]),
    ),
    'aws:TagKeys': (input.Tags ?? []).map(({ TagKey }) => TagKey),
  };
  await call.authorize('kms:CreateKey', '*', { context });
  if (input.Tags !== undefined && input.Tags.length > 0)
    await call.authorize('kms:TagResource', '*', { context });
}

function refuseUnsupported(input: CreateKeyRequest): void {
  const { Origin: origin = 'AWS_KMS', CustomKeyStoreId: store } = input;
  if (store !== undefined)
    throw new CustomKeyStoreNotFoundException(`Custom key store ${store} does not exist.`);
  if (input.XksKeyId !== undefined && origin !== 'EXTERNAL_KEY_STORE') {
    throw new ValidationException(
      'XksKeyId can only be specified when the Origin is EXTERNAL_KEY_STORE.',
    );
  }
  if (origin !== 'AWS_KMS')
    throw new UnsupportedOperationException(`Origin ${origin} is not supported in this Region.`);
  if (input.MultiRegion === true)
    throw new UnsupportedOperationException('Multi-Region keys are not supported in this Region.');
}

/** @throws MalformedPolicyDocumentException */
async function policyOf(input: CreateKeyRequest, call: Call, ports: KmsPorts): Promise<string> {
  if (input.Policy === undefined) return formatKeyPolicy(defaultKeyPolicy(call.account));
  const { account, region } = call;
  // No policy can name a key that is not there yet.
  return policyToKeep(
    input.Policy,
    call,
    { account, region, keyId: 'new' },
    {
      principals: ports.principals,
      bypassesLockoutCheck: input.BypassPolicyLockoutSafetyCheck === true,
    },
  );
}

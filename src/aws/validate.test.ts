import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Secret } from '../lib/secret.ts';
import { model as acm } from '../services/acm/model.ts';
import { model as cloudtrail } from '../services/cloudtrail/model.ts';
import { model as elbv2 } from '../services/elbv2/model.ts';
import { model as iam } from '../services/iam/model.ts';
import { model as kms } from '../services/kms/model.ts';
import { model as route53 } from '../services/route53/model.ts';
import { model as sts } from '../services/sts/model.ts';
import { CommonError } from './errors.ts';
import type { ServiceModel } from './model.ts';
import { validate } from './validate.ts';

function violations(model: ServiceModel, shape: string, input: unknown): string {
  try {
    validate(model, shape, input);
    return '';
  } catch (error) {
    assert.ok(error instanceof CommonError);
    assert.equal(error.kind, 'validation');
    return error.message;
  }
}

void suite('a violated constraint reads as AWS says it', () => {
  void test('when a required member is missing', () => {
    assert.equal(
      violations(kms, 'DescribeKeyRequest', {}),
      "1 validation error detected: Value null at 'keyId' failed to satisfy constraint: Member must not be null",
    );
  });

  void test('when a number is out of its range', () => {
    assert.equal(
      violations(kms, 'GenerateRandomRequest', { NumberOfBytes: 1025 }),
      "1 validation error detected: Value '1025' at 'numberOfBytes' failed to satisfy constraint: Member must have value less than or equal to 1024",
    );
    assert.match(
      violations(kms, 'GenerateRandomRequest', { NumberOfBytes: 0 }),
      /Value '0' at 'numberOfBytes' .* greater than or equal to 1$/,
    );
  });

  void test('when a pattern does not match, inside a list', () => {
    const input = {
      CertificateArn: `arn:aws:acm:eu-west-1:111122223333:certificate/1`,
      Tags: [{ Key: 'a' }, { Key: 'b', Value: '<v>' }],
    };
    assert.equal(
      violations(acm, 'AddTagsToCertificateRequest', input),
      "1 validation error detected: Value '<v>' at 'tags.2.member.value' failed to satisfy constraint: Member must satisfy regular expression pattern: ([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)",
    );
  });

  void test('when a scalar of a list breaks one: with the whole list and all that it had to satisfy', () => {
    assert.equal(
      violations(acm, 'RequestCertificateRequest', {
        DomainName: 'a.example',
        SubjectAlternativeNames: ['a.example', 'b'],
      }),
      "1 validation error detected: Value '[a.example, b]' at 'subjectAlternativeNames' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 253, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: (\\*\\.)?(((?!-)[A-Za-z0-9-]{0,62}[A-Za-z0-9])\\.)+((?!-)[A-Za-z0-9-]{1,62}[A-Za-z0-9])]",
    );
  });

  void test('when it is not one of a set', () => {
    assert.equal(
      violations(acm, 'RequestCertificateRequest', {
        DomainName: 'a.example',
        ValidationMethod: 'X',
      }),
      "1 validation error detected: Value 'X' at 'validationMethod' failed to satisfy constraint: Member must satisfy enum value set: [EMAIL, DNS, HTTP]",
    );
  });

  void test('when there are several', () => {
    const text = violations(acm, 'RequestCertificateRequest', { IdempotencyToken: '-' });
    assert.match(text, /^2 validation errors detected: Value .*; Value /);
  });

  void test('for a list with too many members', () => {
    const SubjectAlternativeNames = Array.from({ length: 101 }, (_, index) => `n${index}.example`);
    assert.match(
      violations(acm, 'RequestCertificateRequest', {
        DomainName: 'a.example',
        SubjectAlternativeNames,
      }),
      /at 'subjectAlternativeNames' failed to satisfy constraint: Member must have length less than or equal to 100$/,
    );
  });
});

void suite('the entries of a map', () => {
  const model: ServiceModel = {
    apiVersion: '1',
    protocol: 'json',
    operations: {},
    shapes: {
      In: { type: 'structure', members: { Pairs: { shape: 'Pairs' } } },
      Pairs: { type: 'map', key: { shape: 'Key' }, value: { shape: 'Value' }, max: 2 },
      Key: { type: 'string', pattern: '[a-z]+' },
      Value: { type: 'string', max: 3, min: 1 },
    },
  };

  void test('are told by what all keys, or all values, must satisfy', () => {
    assert.equal(violations(model, 'In', { Pairs: { a: 'b' } }), '');
    assert.match(
      violations(model, 'In', { Pairs: { A: 'b' } }),
      /Value at 'pairs' .* Map keys must satisfy constraint: \[Member must satisfy regular expression pattern: \[a-z\]\+\]$/,
    );
    assert.match(
      violations(model, 'In', { Pairs: { a: 'long' } }),
      /Map value must satisfy constraint: \[Member must have length less than or equal to 3, Member must have length greater than or equal to 1\]$/,
    );
    assert.match(
      violations(model, 'In', { Pairs: { a: undefined } }),
      /Map value must not be null$/,
    );
    assert.match(violations(model, 'In', { Pairs: { a: 'b', c: 'd', e: 'f' } }), /equal to 2$/);
  });
});

void suite('a message', () => {
  void test('never shows a secret or bytes', () => {
    const secret = new Secret(Buffer.from('hunter2'.repeat(1000)));
    const text = violations(acm, 'ImportCertificateRequest', {
      Certificate: Buffer.alloc(40_000, 'c'),
      PrivateKey: secret,
    });
    assert.equal(
      text,
      "2 validation errors detected: Value at 'certificate' failed to satisfy constraint: Member must have length less than or equal to 32768; Value at 'privateKey' failed to satisfy constraint: Member must have length less than or equal to 5120",
    );
  });

  void test('is bounded, however long the input', () => {
    const Tags = Array.from({ length: 1000 }, () => ({ Key: '<'.repeat(5000) }));
    const text = violations(acm, 'AddTagsToCertificateRequest', { CertificateArn: 'x', Tags });
    assert.ok(text.length < 60_000);
  });
});

void suite('the patterns of the models', () => {
  const models: readonly ServiceModel[] = [acm, cloudtrail, elbv2, iam, kms, route53, sts];

  void test('can all be compiled', () => {
    for (const { shapes } of models) {
      for (const [name, shape] of Object.entries(shapes)) {
        if (shape.type === 'string' && shape.pattern !== undefined)
          assert.doesNotThrow(() => new RegExp(`^(?:${shape.pattern})$`, 'u'), name);
      }
    }
  });

  void test('are quick on long values that nearly match', () => {
    const one: ServiceModel = {
      apiVersion: '1',
      protocol: 'json',
      operations: {},
      shapes: {},
    };
    const nearly = ['a', '-', '/', 'a.', 'a/', '0:', 'arn:aws:acm:', '(', 'A-', '\u00e9', 'a-a.'];
    for (const { shapes } of models) {
      for (const shape of Object.values(shapes)) {
        if (shape.type !== 'string' || shape.pattern === undefined) continue;
        // Of output only, never matched against input: PEM bodies.
        if (shape.pattern.includes('BEGIN')) continue;
        const Text = { type: 'string', pattern: shape.pattern } as const;
        for (const part of nearly) {
          const value = `${part.repeat(Math.floor(16_000 / part.length))}\u0000`;
          const start = process.threadCpuUsage();
          violations({ ...one, shapes: { Text } }, 'Text', value);
          const took = process.threadCpuUsage(start).user / 1_000;
          assert.ok(took < 500, `${shape.pattern} took ${took} ms on ${part}`);
        }
      }
    }
  });
});

import { domainToASCII, domainToUnicode } from 'node:url';
import type { Call } from '../../../aws/call.ts';
import { operation } from '../../../aws/operation.ts';
import { newCertificateArn } from '../arn.ts';
import { anyCertificate, authorize } from '../authorization.ts';
import { certificateNames, type Certificate, type DomainControl } from '../domain/certificate.ts';
import { isAllowedPunycode } from '../domain/names.ts';
import { acmeValidationRecord, validationRecord } from '../domain/validation-record.ts';
import {
  InvalidDomainValidationOptionsException,
  InvalidParameterException,
  LimitExceededException,
} from '../errors.ts';
import { fingerprint, liveToken } from '../idempotency.ts';
import type { RequestCertificateRequest, RequestCertificateResponse } from '../model.ts';
import type { AcmPorts } from '../ports.ts';
import { recordDigest } from '../record-digest.ts';
import { checkedTags } from '../tagging.ts';

/** ACM's quota of names in one certificate. */
const maxNames = 10;

export const RequestCertificate = operation<
  RequestCertificateRequest,
  RequestCertificateResponse,
  AcmPorts
>('RequestCertificate', async (input, call, ports) => {
  const { reader, writer } = ports;
  const names = certificateNames(input.DomainName, input.SubjectAlternativeNames);
  await authorizeRequest(input, names, call);
  refuseUnsupported(input);
  checkNames(input, names);
  const tags = checkedTags(new Map(), input.Tags ?? []);

  const token = input.IdempotencyToken;
  const parameters = fingerprint('RequestCertificate', input);
  const made = token === undefined ? undefined : await liveToken(call, reader, token, parameters);
  if (made !== undefined) return { CertificateArn: made };

  // The key pair itself is made when control of the names is proved.
  await ports.keys.ensureManagedKey(call.via('acm.amazonaws.com'));
  const issuer = await ports.chooseIssuer(call.account, names);
  const certificate = requested(input, { names, issuer }, call, ports);
  writer.insert(call.change, certificate);
  for (const [key, value] of tags) writer.setTag(call.change, call, certificate.arn, key, value);
  if (token !== undefined)
    writer.keepToken(
      call.change,
      call,
      { token, parameters, certificate_arn: certificate.arn },
      certificate.createdAt,
    );
  writer.jobs.schedule(call.change, certificate, 'validate-domains', certificate.createdAt);
  call.audit.resource({ type: 'AWS::ACM::Certificate', arn: certificate.arn });
  return { CertificateArn: certificate.arn };
});

async function authorizeRequest(
  input: RequestCertificateRequest,
  names: readonly string[],
  call: Call,
): Promise<void> {
  await authorize(call, 'acm:RequestCertificate', anyCertificate(call), {
    requestTags: input.Tags,
    context: {
      'acm:DomainNames': names,
      'acm:ValidationMethod': input.ValidationMethod ?? input.Options?.ValidationMethod ?? 'DNS',
      'acm:KeyAlgorithm': input.KeyAlgorithm ?? 'RSA_2048',
      'acm:Export': input.Options?.Export ?? 'DISABLED',
      'acm:CertificateTransparencyLogging':
        input.Options?.CertificateTransparencyLoggingPreference ?? 'ENABLED',
      'acm:CertificateKeyPairOrigin': 'AWS_MANAGED',
      'acm:CertificateAuthority': input.CertificateAuthorityArn,
    },
  });
  if (input.Tags !== undefined) {
    await authorize(call, 'acm:AddTagsToCertificate', anyCertificate(call), {
      requestTags: input.Tags,
    });
  }
}

function refuseUnsupported(input: RequestCertificateRequest): void {
  const method = input.ValidationMethod ?? input.Options?.ValidationMethod ?? 'DNS';
  if (method !== 'DNS')
    throw new InvalidParameterException(
      `The validation method ${method} is not supported, use DNS.`,
    );
  if (input.CertificateAuthorityArn !== undefined) {
    throw new InvalidParameterException(
      'Private certificates of a CertificateAuthorityArn are not supported.',
    );
  }
  if (input.ManagedBy !== undefined)
    throw new InvalidParameterException(
      `Certificates managed by ${input.ManagedBy} are not supported.`,
    );
  if (input.KeyAlgorithm === 'RSA_1024')
    throw new InvalidParameterException('The key algorithm RSA_1024 cannot be requested.');
}

function checkNames(input: RequestCertificateRequest, names: readonly string[]): void {
  if (names.length > maxNames)
    throw new LimitExceededException('Certificate has too many domains.');
  const wrong = names.find((name) => !isAllowedPunycode(name, isALabel));
  if (wrong !== undefined)
    throw new InvalidParameterException(`The domain name ${wrong} is not valid Punycode.`);
  for (const { DomainName, ValidationDomain } of input.DomainValidationOptions ?? []) {
    const name = DomainName.toLowerCase();
    const domain = ValidationDomain.toLowerCase();
    if (!names.includes(name) || !(name === domain || name.endsWith(`.${domain}`))) {
      throw new InvalidDomainValidationOptionsException(
        `The validation domain ${ValidationDomain} is not ${DomainName} or a superdomain of it, or the certificate has no such name.`,
      );
    }
  }
}

/** Whether a label encodes another one, and in the one right way. @see RFC 5890 §2.3.2.1 */
function isALabel(label: string): boolean {
  const decoded = domainToUnicode(label);
  return decoded !== label && domainToASCII(decoded) === label;
}

function requested(
  input: RequestCertificateRequest,
  { names, issuer }: { readonly names: readonly string[]; readonly issuer: string | undefined },
  call: Call,
  { validation }: AcmPorts,
): Certificate {
  const { account, region } = call;
  return {
    account,
    region,
    arn: newCertificateArn(call),
    type: 'AMAZON_ISSUED',
    status: 'PENDING_VALIDATION',
    domainName: names[0] ?? input.DomainName,
    names,
    keyAlgorithm: input.KeyAlgorithm ?? 'RSA_2048',
    transparency: input.Options?.CertificateTransparencyLoggingPreference ?? 'ENABLED',
    exportOption: input.Options?.Export ?? 'DISABLED',
    ...(issuer === undefined ? {} : { issuer }),
    createdAt: call.clock.now().round('millisecond'),
    validations: names.map((name) => {
      const form = issuer === undefined ? validationRecord : acmeValidationRecord;
      return controlOf(name, account, validation, form);
    }),
    associationCount: 0,
    revision: 0,
    version: 1,
  };
}

function controlOf(
  name: string,
  account: string,
  { installationId, zone }: AcmPorts['validation'],
  form: typeof validationRecord,
): DomainControl {
  const record = form(name, recordDigest(installationId, account, name), zone);
  return {
    domainName: name,
    status: 'PENDING_VALIDATION',
    recordName: record.name,
    recordValue: record.value,
  };
}

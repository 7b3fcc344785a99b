import type { Input } from '../client.ts';
import { anywhere, type Cases, type Permission } from '../case.ts';
import { tags, type Scene } from '../scene.ts';

const certificate = (scene: Scene): Promise<string> => scene.certificate();
const issued = (scene: Scene): Promise<string> => scene.issued();
const passphrase = Buffer.from('a passphrase');
const exportable = async (scene: Scene): Promise<Input> => ({
  CertificateArn: await issued(scene),
});
const exported = async (scene: Scene): Promise<unknown> =>
  scene.do('acm', 'ExportCertificate', {
    CertificateArn: await issued(scene),
    Passphrase: passphrase,
  });
/** Of calls that make one: its ARN is not known before. */
const anyCertificate = (scene: Scene): string => scene.regional('acm', 'certificate/*');
const tagging = (scene: Scene): Permission[] => [
  ['acm:AddTagsToCertificate', anyCertificate(scene)],
];

export const acmCases: Cases = {
  members: {
    Certificate: (scene) => scene.world.planted.certificatePem,
    CertificateArn: certificate,
    IdempotencyToken: (scene) => `${scene.name}token`,
    Passphrase: () => passphrase,
    PrivateKey: (scene) => scene.world.planted.keyPem,
    Tags: () => tags,
  },
  operations: {
    AddTagsToCertificate: { on: certificate },
    DeleteCertificate: { on: certificate },
    DescribeCertificate: { on: certificate },
    ExportCertificate: { on: issued, input: exportable },
    GetAccountConfiguration: { on: anywhere },
    GetCertificate: { on: certificate },
    ImportCertificate: [
      { on: anyCertificate, input: () => ({ Tags: tags }), also: tagging },
      { on: certificate, input: async (scene) => ({ CertificateArn: await scene.certificate() }) },
    ],
    ListCertificates: {
      on: anywhere,
      input: () => ({ Includes: { keyTypes: ['EC_prime256v1'] } }),
      given: async (scene) => {
        await scene.certificate();
        await scene.certificate('second');
      },
    },
    ListTagsForCertificate: { on: certificate },
    PutAccountConfiguration: {
      on: anywhere,
      input: () => ({ ExpiryEvents: { DaysBeforeExpiry: 30 } }),
    },
    RemoveTagsFromCertificate: { on: certificate },
    RenewCertificate: { on: issued, input: exportable, given: exported },
    RequestCertificate: {
      on: anywhere,
      input: (scene) => ({
        DomainName: `${scene.name}.${scene.home.suffix}`,
        ValidationMethod: 'DNS',
        KeyAlgorithm: 'EC_prime256v1',
        IdempotencyToken: `${scene.name}token`,
        Tags: tags,
      }),
      also: tagging,
    },
    RevokeCertificate: {
      on: issued,
      input: async (scene) => ({
        ...(await exportable(scene)),
        RevocationReason: 'SUPERSEDED',
      }),
      given: exported,
    },
  },
};

import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const dayMs = 86_400_000;
/** https://www.rfc-editor.org/rfc/rfc5758#section-3.2 and https://www.rfc-editor.org/rfc/rfc4055#section-5 */
const signatures = { ec: '1.2.840.10045.4.3.2', rsa: '1.2.840.113549.1.1.11' };
/** https://www.rfc-editor.org/rfc/rfc5280#appendix-A */
const commonName = '2.5.4.3';

/** A key and a certificate that signs itself, both PEM. */
export interface SelfSigned {
  readonly key: string;
  readonly cert: string;
}

/** A certificate for a server on loopback, good for a month from this moment on, which must be the real one: TLS asks no other clock. */
export async function selfSigned(now: Date, type: 'ec' | 'rsa' = 'ec'): Promise<SelfSigned> {
  const [{ AsnConvert, OctetString }, x509] = await Promise.all([
    import('@peculiar/asn1-schema'),
    import('@peculiar/asn1-x509'),
  ]);
  const { publicKey, privateKey } =
    type === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2048 });
  const name = new x509.Name([
    new x509.RelativeDistinguishedName([
      new x509.AttributeTypeAndValue({
        type: commonName,
        value: new x509.AttributeValue({ utf8String: 'localhost' }),
      }),
    ]),
  ]);
  const names = new x509.SubjectAlternativeName([
    new x509.GeneralName({ dNSName: 'localhost' }),
    new x509.GeneralName({ iPAddress: '127.0.0.1' }),
  ]);
  const signatureAlgorithm = new x509.AlgorithmIdentifier({ algorithm: signatures[type] });
  // The first bit of a serial number is no sign.
  const serialNumber = randomBytes(16).fill(1, 0, 1);
  const tbsCertificate = new x509.TBSCertificate({
    version: x509.Version.v3,
    serialNumber: toBuffer(serialNumber),
    signature: signatureAlgorithm,
    issuer: name,
    validity: new x509.Validity({
      notBefore: new Date(now.getTime() - dayMs),
      notAfter: new Date(now.getTime() + 30 * dayMs),
    }),
    subject: name,
    subjectPublicKeyInfo: AsnConvert.parse(
      publicKey.export({ type: 'spki', format: 'der' }),
      x509.SubjectPublicKeyInfo,
    ),
    extensions: new x509.Extensions([
      new x509.Extension({
        extnID: x509.id_ce_subjectAltName,
        extnValue: new OctetString(AsnConvert.serialize(names)),
      }),
    ]),
  });
  const signed = sign('sha256', Buffer.from(AsnConvert.serialize(tbsCertificate)), privateKey);
  const certificate = new x509.Certificate({
    tbsCertificate,
    signatureAlgorithm,
    signatureValue: toBuffer(signed),
  });
  const der = Buffer.from(AsnConvert.serialize(certificate)).toString('base64');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${der.replaceAll(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`,
  };
}

function toBuffer(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}

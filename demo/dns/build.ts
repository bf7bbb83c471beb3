import type { DnsModel } from './server.ts';

/** Domains of Larkspur Analytics, of which the tenant knows the first alone. */
export const parkedDomain = 'larkspur-analytics.example';

/** What is published of its domains: the one that mail is sent from still lets forgeries through. */
export function buildDns(domain: string): DnsModel {
  const host = domain.replaceAll('.', '-');
  // Of 2,048 bits; nobody has the other half.
  const key = [
    'v=DKIM1; k=rsa; p=',
    'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAsi1mBKTzZ+GJM8kWdaQziWtYcXo7/i1aWEtN4AmNLI5npx1wDa0eBPrsi+svAkxQGyd/IVGbFcNQ1KlSRLaAwm9o6NV+iSDtGUURT17Rp9FaeUtPVLhQ97+UVmXauSqDAD2mYGt+uOlTbB4AhaArcD4uDbXg',
    'x1O9kHPUJfqzXbQLSer6l/LTPiFApgYPNDfDcE5TC+NfiZwxkkEo2WBSDCJY2l59nKIq8ZsvF9UqeZmEnCQ+7tHguRlCPi2rPs4AqVy4S+9tiBChFJpKE3meIUQ1SBYRvYJwSDoBAzeJTWdGJ2qhbuXT04o9G7pCbXTY9kX/dzkqPgPWW67aCi7bfwIDAQAB',
  ];
  return {
    records: {
      [domain]: {
        mx: [{ preference: 0, exchange: `${host}.mail.protection.outlook.com` }],
        txt: [
          ['MS=ms12345678'],
          // Longer texts are published in parts.
          ['v=spf1 include:spf.protection.outlook.com ', 'include:_spf.tidewater.example -all'],
        ],
      },
      'spf.protection.outlook.com': { txt: [['v=spf1 ip4:192.0.2.0/24 -all']] },
      '_spf.tidewater.example': { txt: [['v=spf1 include:_blocks.tidewater.example ~all']] },
      '_blocks.tidewater.example': { txt: [['v=spf1 ip4:198.51.100.0/24 ~all']] },
      [`_dmarc.${domain}`]: { txt: [[`v=DMARC1; p=none; rua=mailto:dmarc@${domain}`]] },
      [`selector1._domainkey.${domain}`]: { cname: `selector1-${host}._domainkey.larkspur.onmicrosoft.com` },
      [`selector1-${host}._domainkey.larkspur.onmicrosoft.com`]: { txt: [key] },
      [parkedDomain]: { mx: [{ preference: 0, exchange: '.' }], txt: [['v=spf1 -all']] },
      [`_dmarc.${parkedDomain}`]: { txt: [['v=DMARC1; p=reject; rua=mailto:dmarc@example.com']] },
    },
    broken: {},
    signed: [parkedDomain],
  };
}

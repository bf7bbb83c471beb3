import { getCACertificates } from 'node:tls';
import { createTransport, type Transporter } from 'nodemailer';
import { codeOf, failed, fileNames, type Deposit, type Depositary } from './deposit.ts';

const timeoutMs = 30_000;

export interface MailOptions {
  /** `smtps://host:465`, or `smtp://host:587`, which must offer TLS unless it is on this machine. */
  readonly server: URL;
  readonly login: { readonly user: string; readonly password: () => Promise<string> } | null;
  readonly from: string;
  readonly to: readonly string[];
  /** PEM texts of certificate authorities to trust beside the usual ones. */
  readonly authorities: readonly string[];
  readonly now: () => Date;
}

/** The mailbox of whoever will check packets: a checkpoint that is there was there when the mail came. */
export function mailDepositary(id: string, options: MailOptions): Depositary {
  const { server, from, to, now } = options;
  const using = async <T>(work: (transport: Transporter) => Promise<T>): Promise<T> => {
    const transport = await transportOf(options);
    try {
      return await work(transport);
    } finally {
      transport.close();
    }
  };
  return {
    id,
    kind: 'mail',
    hosts: [server.host],
    async look() {
      try {
        await using((transport) => transport.verify());
        return { ok: true, text: `${server.host} takes mail` };
      } catch (error) {
        return { ok: false, text: `${server.host} takes no mail (${codeOf(error)})` };
      }
    },
    async keep(deposit) {
      try {
        const sent = await using((transport) =>
          transport.sendMail({ from, to: [...to], date: now(), ...messageOf(deposit) }),
        );
        return (sent.rejected ?? []).length === 0
          ? { kept: true, lockedUntil: null }
          : failed('refused', `${server.host} does not deliver to everybody`);
      } catch (error) {
        const refused = error instanceof Error && 'responseCode' in error;
        return failed(
          refused ? 'refused' : 'unreachable',
          `${server.host} did not take the mail (${codeOf(error)})`,
        );
      }
    },
  };
}

async function transportOf({ server, login, authorities }: MailOptions): Promise<Transporter> {
  const secure = server.protocol === 'smtps:';
  const here = ['localhost', '127.0.0.1', '[::1]'].includes(server.hostname);
  return createTransport({
    host: server.hostname,
    port: Number(server.port) || (secure ? 465 : 587),
    secure,
    requireTLS: !here,
    ...(login && { auth: { user: login.user, pass: await login.password() } }),
    tls: { ca: [...getCACertificates('default'), ...authorities], minVersion: 'TLSv1.2' },
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** The note and its stamps are attached byte for byte: a mailer may change the lines of a text. */
function messageOf(deposit: Deposit) {
  const { note, stamps } = fileNames(deposit);
  const attached = (filename: string, content: Uint8Array, contentType: string) => ({
    filename,
    content: Buffer.from(content),
    contentType,
    contentTransferEncoding: 'base64' as const,
  });
  return {
    subject: `Checkpoint ${deposit.size} of ${deposit.origin}`,
    text: [
      'This is a signed checkpoint of a ledger of evidence. Keep it: it shows later whether the history that you are',
      'shown then is the one that there was today. It names nobody.',
      '',
      `Vault: ${deposit.origin}`,
      `Lines: ${deposit.size}`,
      `SHA-256 of the note: ${deposit.digest}`,
      '',
      `Compare a packet with it: exhibit verify PACKET.zip --against ${note}`,
      '',
    ].join('\n'),
    attachments: [
      attached(note, deposit.note, 'application/octet-stream'),
      ...stamps.map(({ name, answer }) => attached(name, answer, 'application/timestamp-reply')),
    ],
  };
}

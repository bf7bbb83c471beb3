import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  /** As it came, with CRLF. */
  readonly text: string;
}

/** As much of SMTP (RFC 5321) as a mailer asks of a server, on a free port of loopback. */
export async function startSmtp(
  options: {
    readonly tls?: { readonly key: string; readonly cert: string };
    readonly login?: { readonly user: string; readonly password: string };
    readonly refuse?: (to: string) => boolean;
  } = {},
) {
  const mails: Mail[] = [];
  const sockets = new Set<Socket>();
  const talk = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined); // whoever asked went away
    const say = (line: string) => socket.write(`${line}\r\n`);
    let from = '';
    let to: string[] = [];
    let message: string[] | null = null;
    let known = options.login === undefined;
    let rest = '';
    const hear = (line: string) => {
      if (message) {
        if (line !== '.') {
          message.push(line.startsWith('..') ? line.slice(1) : line);
          return;
        }
        mails.push({ from, to, text: message.join('\r\n') });
        message = null;
        say('250 kept');
        return;
      }
      const [, address = ''] = /<([^>]*)>/.exec(line) ?? [];
      if (/^EHLO/i.test(line)) say(options.login ? '250-localhost\r\n250 AUTH PLAIN' : '250 localhost');
      else if (/^AUTH PLAIN /i.test(line)) {
        const [, user, password] = Buffer.from(line.slice(11), 'base64').toString().split('\0');
        known = user === options.login?.user && password === options.login?.password;
        say(known ? '235 well' : '535 not known');
      } else if (!known && /^MAIL/i.test(line)) say('530 sign in first');
      else if (/^MAIL/i.test(line)) {
        from = address;
        to = [];
        say('250 well');
      } else if (/^RCPT/i.test(line)) {
        const refused = options.refuse?.(address) === true;
        if (!refused) to.push(address);
        say(refused ? '550 nobody of that name' : '250 well');
      } else if (/^DATA/i.test(line)) {
        message = [];
        say('354 go on');
      } else if (/^QUIT/i.test(line)) {
        say('221 goodbye');
        socket.end();
      } else say('250 well');
    };
    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString('latin1')).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) hear(line);
    });
    say('220 localhost');
  };
  const server = options.tls ? createTlsServer(options.tls, talk) : createServer(talk);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: options.tls ? `smtps://localhost:${port}` : `smtp://127.0.0.1:${port}`,
    mails,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** The attachments of a mail by their names, as they were attached. */
export function attachmentsOf({ text }: Mail): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (const part of text.split(/\r\n--[^\r]+/)) {
    const [, name] = /filename=([^\r\n;]+)/.exec(part) ?? [];
    const body = part.slice(part.indexOf('\r\n\r\n') + 4);
    if (name !== undefined) found.set(name, Buffer.from(body, 'base64'));
  }
  return found;
}

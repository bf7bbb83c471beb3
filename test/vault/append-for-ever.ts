import { randomBytes } from 'node:crypto';
import { openVault } from '../../vault/files.ts';
import { loadKeys } from '../../vault/keys.ts';

const [, , dir = '', keys = ''] = process.argv;
const vault = await openVault({ dir, keys: await loadKeys(keys), now: () => new Date(), randomBytes });
for (;;) {
  const { n } = await vault.append({ type: 'fsck', objects: 0, lines: 0, checkpoints: 0, ok: true });
  process.stdout.write(`${n}\n`);
}

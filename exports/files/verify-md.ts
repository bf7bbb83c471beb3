import { packetNamespace } from '../../vault/keys.ts';
import type { Exporter, Packet } from '../exporter.ts';
import { sealedTwin } from '../identity.ts';
import type { Profile } from '../profiles.ts';
import { sealedIn } from '../release/sealed.ts';
import { ledgerStamps, nights, packetStamp, released, signature, signedNotes } from './verify-blocks.ts';

/** How to check a packet with stock tools, in two shells. The shell blocks are run as they stand by the tests. */
export const verifyMd: Exporter = (packet) => [{ path: 'VERIFY.md', content: text(packet) }];

function text({ packetPrincipal, checkpoint, twin, profile }: Packet): string {
  return `# How to check this packet

You need a shell with GNU coreutils, OpenSSH 8.2 and OpenSSL 3 or newer (Linux, Git for Windows, macOS with coreutils), or
PowerShell with OpenSSH. The company hands its keys over **by another way** than this packet, once: a folder with
\`allowed_signers\`, keys of its ledger and the roots of time-stamp authorities, or one text that says how to make it. Put it
at \`~/exhibit-trust\`. A key or a root that came with the packet proves nothing.

Unzip the packet, open a shell in its folder, and run each block. Where all is well each is silent, says OK, or tells by
whom and when it was stamped; what was not stamped, or late, is told, and what is wrong ends with an error or FAILED.

## 1. Nothing was changed since it was signed

\`\`\`sh
sha256sum -c --quiet --strict tagmanifest-sha256.txt
sha256sum -c --quiet --strict manifest-sha256.txt
\`\`\`

PowerShell:

\`\`\`powershell
foreach ($list in 'tagmanifest-sha256.txt','manifest-sha256.txt') { Get-Content $list | ForEach-Object {
  $sum, $path = $_ -split '  ', 2
  if ((Get-FileHash -Algorithm SHA256 -LiteralPath $path).Hash -ne $sum) { Write-Error "changed: $path" } } }
\`\`\`

## 2. Nothing was added and nothing is missing

\`\`\`sh
dir=$(mktemp -d)
find . -type f | sed 's|^\\./||' | grep -v -E '^tagmanifest-sha256\\.txt(\\.sig|\\.[a-z0-9-]+\\.tsr)?$' | LC_ALL=C sort > "$dir/found"
cut -c67- tagmanifest-sha256.txt manifest-sha256.txt | LC_ALL=C sort > "$dir/listed"
diff "$dir/found" "$dir/listed"
\`\`\`

PowerShell:

\`\`\`powershell
$found = Get-ChildItem -Recurse -File | ForEach-Object { (Resolve-Path -Relative $_.FullName).Substring(2).Replace('\\','/') } | Where-Object { $_ -cnotmatch '^tagmanifest-sha256\\.txt(\\.sig|\\.[a-z0-9-]+\\.tsr)?$' }
$listed = Get-Content tagmanifest-sha256.txt, manifest-sha256.txt | ForEach-Object { $_.Substring(66) }
Compare-Object $found $listed
\`\`\`

## 3. It was signed by the company

A key that was replaced, or called back, counts for what a time-stamp authority saw before that. Where the company changed
its keys, this takes OpenSSH 9.1.

${block('sh', signature(packetPrincipal, packetNamespace))}
PowerShell, where no key was replaced (else add \`-O verify-time=\` and when it was stamped):

\`\`\`powershell
cmd /c "ssh-keygen -Y verify -f %USERPROFILE%\\exhibit-trust\\allowed_signers -I ${packetPrincipal} -n ${packetNamespace} -s tagmanifest-sha256.txt.sig < tagmanifest-sha256.txt"
\`\`\`

## 4. When it was there

A time-stamp authority is somebody else who says by when these bytes were there. Hold its root certificate, which came with
the keys, against what the authority publishes itself.

${block('sh', packetStamp.sh)}
PowerShell:

${block('powershell', packetStamp.powershell)}
## 5. Whether it is a draft

Until a named officer of the company releases it, it is a draft. A release is a line of the signed ledger that fixes every
other file here by one digest; it stands in \`${twin ? sealedIn.thin : sealedIn.whole}\` with the checkpoint that ends with it.

${block('sh', released)}
PowerShell, which shows what it says it is:

\`\`\`powershell
Select-String '^External-Description: ' bag-info.txt
\`\`\`
${twin ? sealBlocks(twin, profile) : ledgerBlocks(checkpoint.file)}
`;
}

function block(shell: 'sh' | 'powershell', text: string): string {
  return `\`\`\`${shell}\n${text}\n\`\`\`\n`;
}

function ledgerBlocks(note: string): string {
  return `
## 6. The ledger is whole: each line names the one before it

\`\`\`sh
awk 'END { exit NR != ${Number(note.replace('.note', ''))} }' ledger/ledger.jsonl || echo 'FAILED: it has more or fewer lines than were signed'
prev=; while IFS= read -r line; do
  case $line in *"\\"prev\\":\\"$prev\\"}") ;; *) echo "FAILED: it does not follow: $line" ;; esac
  prev=$(printf '%s\\n' "$line" | sha256sum | cut -c1-64)
done < ledger/ledger.jsonl
test "$prev" = "$(sed -n 's/^chain-sha256 //p' ledger/checkpoints/${note})" || echo 'FAILED: it was another when it was signed'
\`\`\`

## 7. The ledger was signed by the company

${block('sh', signedNotes)}
## 8. Others say when each slot was opened and closed

A stamp more than ten minutes after its last line claims to be written was made late, or the clock was off, or the ledger
was written again later.

${block('sh', ledgerStamps)}
## 9. No night is missing

Each day since the first that was due has a slot or a gap. A change of the time zone can leave a day out here; what was due
follows from the schedules in the ledger.

${block('sh', nights)}
## 10. The readings are those of the ledger

\`\`\`sh
find data/runs -name '*.sha256' | while IFS= read -r run; do
  sha256sum -c --quiet --strict --ignore-missing "$run" || echo "FAILED: evidence is not what was read: $run"
  grep -q "\\"manifest\\":\\"$(sha256sum < "$run" | cut -c1-64)\\"" ledger/ledger.jsonl || echo "FAILED: not in the ledger: $run"
done
while IFS= read -r run; do
  sha256sum -c --quiet --strict "$run" || echo "FAILED: evidence is missing: $run"
done < data/runs/whole.txt
\`\`\`

\`data/runs/whole.txt\` lists the readings whose evidence is in this packet in full. Of other nights there are the manifests, and
what of their evidence is needed.

## 11. The records and verdicts follow from the answers

\`exhibit verify PACKET.zip --trust ~/exhibit-trust\` does all of the above and derives every record and every verdict
again from the answers in \`data/evidence/\`. It alone tells whether each slot names the newest time stamp before it.

## What no check of this packet alone can find

Two ledgers that were kept side by side from the first day on, each stamped every night, of which you are shown one. Keep
one checkpoint that the company deposited with you: \`exhibit verify PACKET.zip --against THAT.note\` finds it, and so does
this, which must print the digest after \`chain-sha256\` in that note:

\`\`\`
sed -n "$(sed -n 2p THAT.note)p" ledger/ledger.jsonl | sha256sum
\`\`\``;
}

function sealBlocks({ tagmanifest }: NonNullable<Packet['twin']>, profile: Profile): string {
  const to =
    profile === 'sample'
      ? `## 6. It is sealed to the packet that its rows were chosen from

You have that packet, with the full evidence. \`sha256sum tagmanifest-sha256.txt\` in its folder must print
\`${tagmanifest}\`, which stands here:`
      : `## 6. It is sealed to the evidence that stays with the company

The company keeps the twin of this packet, which has the full evidence. The digest of its tag manifest is
\`${tagmanifest}\`; the twin, when it is shown, must have this digest:`;
  return `
${to}

\`\`\`sh
grep -qx '${sealedTwin}: ${tagmanifest}' bag-info.txt
\`\`\`

\`data/inclusion.json\` proves that the readings behind this packet stand in the signed ledger, without showing it.`;
}

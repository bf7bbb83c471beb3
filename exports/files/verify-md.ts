import { packetNamespace } from '../../vault/keys.ts';
import type { Exporter, Packet } from '../exporter.ts';

/** How to check a packet with stock tools, in two shells. The shell blocks are run as they stand by the tests. */
export const verifyMd: Exporter = (packet) => [{ path: 'VERIFY.md', content: text(packet) }];

function text({ profile, packetPrincipal, checkpoint, twin }: Packet): string {
  const full = profile !== 'insurer';
  return `# How to check this packet

You need a shell with coreutils and OpenSSH 8.2 or newer (macOS, Linux, Git for Windows), or PowerShell with OpenSSH.
The company hands its keys over **by another way** than this packet: a folder with \`allowed_signers\`, \`log.vkey\` and
\`log.pub.pem\`. Put it at \`~/exhibit-trust\`. A key that came with the packet proves nothing.

Unzip the packet, open a shell in its folder, and run each block. Each is silent or says OK where all is well.

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
find . -type f | sed 's|^\\./||' | grep -v '^tagmanifest-sha256\\.txt' | LC_ALL=C sort > /tmp/exhibit-found
cut -c67- tagmanifest-sha256.txt manifest-sha256.txt | LC_ALL=C sort > /tmp/exhibit-listed
diff /tmp/exhibit-found /tmp/exhibit-listed
\`\`\`

PowerShell:

\`\`\`powershell
$found = Get-ChildItem -Recurse -File | ForEach-Object { (Resolve-Path -Relative $_.FullName).Substring(2).Replace('\\','/') } | Where-Object { $_ -notlike 'tagmanifest-sha256.txt*' }
$listed = Get-Content tagmanifest-sha256.txt, manifest-sha256.txt | ForEach-Object { $_.Substring(66) }
Compare-Object $found $listed
\`\`\`

## 3. It was signed by the company

\`\`\`sh
ssh-keygen -Y verify -f ~/exhibit-trust/allowed_signers -I ${packetPrincipal} -n ${packetNamespace} -s tagmanifest-sha256.txt.sig < tagmanifest-sha256.txt
\`\`\`

PowerShell:

\`\`\`powershell
cmd /c "ssh-keygen -Y verify -f %USERPROFILE%\\exhibit-trust\\allowed_signers -I ${packetPrincipal} -n ${packetNamespace} -s tagmanifest-sha256.txt.sig < tagmanifest-sha256.txt"
\`\`\`
${full ? ledgerBlocks(checkpoint.file) : insurerBlocks(twin)}
`;
}

function ledgerBlocks(note: string): string {
  return `
## 4. The ledger is whole: each line names the one before it

\`\`\`sh
awk 'END { exit NR != ${Number(note.replace('.note', ''))} }' ledger/ledger.jsonl
prev=; while IFS= read -r line; do
  case $line in *"\\"prev\\":\\"$prev\\"}") ;; *) echo "broken: $line" ;; esac
  prev=$(printf '%s\\n' "$line" | sha256sum | cut -c1-64)
done < ledger/ledger.jsonl
test "$prev" = "$(sed -n 's/^chain-sha256 //p' ledger/checkpoints/${note})"
\`\`\`

## 5. The ledger was signed by the company

\`\`\`sh
sed '/^$/,$d' ledger/checkpoints/${note} > /tmp/exhibit-body
sed -n 's/^— [^ ]* //p' ledger/checkpoints/${note} | base64 -d | tail -c 64 > /tmp/exhibit-signature
openssl pkeyutl -verify -pubin -inkey ~/exhibit-trust/log.pub.pem -rawin -in /tmp/exhibit-body -sigfile /tmp/exhibit-signature
\`\`\`

## 6. The readings are those of the ledger

\`\`\`sh
while IFS= read -r run; do
  sha256sum -c --quiet --strict "$run"
  grep -q "\\"manifest\\":\\"$(sha256sum < "$run" | cut -c1-64)\\"" ledger/ledger.jsonl || echo "not in the ledger: $run"
done < data/runs/whole.txt
\`\`\`

\`data/runs/whole.txt\` lists the readings whose evidence is in this packet in full. Other nights are here as manifests.

## 7. The records and verdicts follow from the answers

\`exhibit verify PACKET.zip --trust ~/exhibit-trust\` does all of the above and derives every record and every verdict
again from the answers in \`data/evidence/\`.`;
}

function insurerBlocks(twin: Packet['twin']): string {
  return `
## 4. It is sealed to the evidence that stays with the company

The company keeps a private twin with the full evidence. The digest of its tag manifest is
\`${twin?.tagmanifest ?? ''}\`; the twin, when it is shown, must have this digest:

\`\`\`sh
grep -q '^${twin?.tagmanifest ?? ''}$' data/twin.sha256
\`\`\`

\`data/inclusion.json\` proves that the readings behind this packet stand in the signed ledger, without showing it.`;
}

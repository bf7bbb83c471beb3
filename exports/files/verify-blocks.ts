/*
 * Shell of VERIFY.md, raw: a brace after a dollar sign would be ours and not the shell's, so there is none. Whatever is
 * wrong is told with FAILED; what nobody stamped, and what was stamped late, is told too.
 */

/** When a stamp was made, in the one form that GNU date reads back. */
const madeOf = String.raw`made=$(openssl ts -reply -in "$stamp" -text 2> /dev/null | sed -n 's/^Time stamp: //p' | sed 's/\.[0-9]* / /')`;

/** Checks a stamp of the file $stamped as of when it was made, for certificates end. */
const checked = String.raw`openssl ts -verify -data "$stamped" -in "$stamp" -CAfile ~/exhibit-trust/tsa/$authority.pem -attime $(date -u -d "$made" +%s) > /dev/null 2>&1`;

export const packetStamp = {
  sh: String.raw`stamped=tagmanifest-sha256.txt
for stamp in $stamped.*.tsr; do
  test -e "$stamp" || { echo 'not stamped: nobody else says when this packet was made'; break; }
  authority=$(echo "$stamp" | cut -d. -f3)
  ${madeOf}
  if ${checked}
  then echo "stamped by $authority: it was there at $made"
  else echo "FAILED: $stamp does not stamp this packet"; fi
done`,
  powershell: String.raw`Get-ChildItem tagmanifest-sha256.txt.*.tsr | ForEach-Object {
  $authority = $_.Name.Split('.')[2]
  openssl ts -verify -data tagmanifest-sha256.txt -in $_.Name -CAfile "$HOME/exhibit-trust/tsa/$authority.pem"
  openssl ts -reply -in $_.Name -text | Select-String 'Time stamp' }`,
};

/** Checks the signature; that of a key which was replaced or called back as of when it was stamped, if that was before. */
export const signature = (principal: string, namespace: string): string => String.raw`seen=
if grep -q valid-before ~/exhibit-trust/allowed_signers; then for stamp in tagmanifest-sha256.txt.*.tsr; do
  test -e "$stamp" || break
  stamped=tagmanifest-sha256.txt
  authority=$(echo "$stamp" | cut -d. -f3)
  ${madeOf}
  ${checked} || continue
  at=$(date -u -d "$made" +%Y%m%d%H%M%S)
  test -n "$seen" && test "$seen" -le "$at" || seen=$at
done; fi
ssh-keygen -Y verify $(test -z "$seen" || echo "-O verify-time=$seen""Z") -f ~/exhibit-trust/allowed_signers -I ${principal} -n ${namespace} -s tagmanifest-sha256.txt.sig < tagmanifest-sha256.txt`;

/** Checks that the company signed these notes. */
const signedBy = (notes: string) => String.raw`dir=$(mktemp -d)
for note in ${notes}; do
  grep -q '^— ' "$note" || echo "FAILED: not signed by anybody: $note"
  sed '/^$/,$d' "$note" > "$dir/body"
  sed -n 's/^— [^ ]* //p' "$note" | while IFS= read -r line; do
    echo "$line" | base64 -d > "$dir/line"
    key=$(head -c 4 "$dir/line" | od -An -tx1 | tr -d ' \n')
    tail -c 64 "$dir/line" > "$dir/signature"
    openssl pkeyutl -verify -pubin -inkey ~/exhibit-trust/log-$key.pub.pem -rawin -in "$dir/body" -sigfile "$dir/signature" > /dev/null 2>&1 || echo "FAILED: not signed by the company: $note"
  done
done`;

export const signedNotes = signedBy('ledger/checkpoints/*.note');

/** Says whether it is a draft; of what was released, that the ledger holds the release, and of just these files. */
export const released = String.raw`if ! grep -q '^External-Description: .*, released$' bag-info.txt
then echo 'a draft: no named officer of the company released it'; else
file=data/release.json
test -e $file || file=data/inclusion.json
at=$(mktemp -d)
text() { sed -n "s/^  \"$1\": \"\(.*\)\",\{0,1\}$/\1/p" $file | sed -e 's/\\"/"/g' -e 's/\\n/\
/g'; }
text released > "$at/line"
text note > "$at/release.note"
line=$(sed -n 1p "$at/line")
printf '%s\n' "$line" | grep -q '"type":"release".*"as":"officer"' || echo 'FAILED: nothing releases it'
test "$(printf '%s\n' "$line" | sha256sum | cut -c1-64)" = "$(sed -n 's/^chain-sha256 //p' "$at/release.note")" || echo 'FAILED: the ledger does not hold its release'
contents=$(LC_ALL=C sort manifest-sha256.txt tagmanifest-sha256.txt | grep -v -E '  (manifest-sha256\.txt|data/(release|inclusion)\.json)$' | sha256sum | cut -c1-64)
printf '%s\n' "$line" | grep -q "\"contents\":\"$contents\"" || echo 'FAILED: other files than these were released'
${signedBy('"$at/release.note"')}
echo 'released by a named officer of the company: see the sign-off sheet'
fi`;

export const ledgerStamps = String.raw`for stamp in ledger/checkpoints/*.tsr; do
  test -e "$stamp" || { echo 'not stamped: nobody else says when any slot was opened or closed'; break; }
  stamped=$(echo "$stamp" | cut -d. -f1,2)
  authority=$(echo "$stamp" | cut -d. -f3)
  ${madeOf}
  ${checked} || { echo "FAILED: $stamp does not stamp $stamped"; continue; }
  line=$(sed -n "$(sed -n 2p "$stamped")p" ledger/ledger.jsonl)
  test "$(printf '%s\n' "$line" | sha256sum | cut -c1-64)" = "$(sed -n 's/^chain-sha256 //p' "$stamped")" || echo "FAILED: the ledger was another at $stamped"
  written=$(printf '%s\n' "$line" | sed 's/^{"v":1,"n":[0-9]*,"t":"\([^"]*\)".*/\1/')
  after=$(($(date -u -d "$made" +%s) - $(date -u -d "$written" +%s)))
  test "$after" -ge -60 && test "$after" -le 600 || echo "FAILED: stamped $after seconds after it claims to be written: $stamp"
done
grep -n -E '"type":"slot\.(open|close)"' ledger/ledger.jsonl | cut -d: -f1 | while read -r size; do
  ls ledger/checkpoints/$(printf %08d "$size").note.*.tsr > /dev/null 2>&1 || echo "not stamped: line $size"
done`;

export const nights = String.raw`dir=$(mktemp -d)
sed -n -e '/"type":"slot.open"/p' -e '/"type":"gap"/p' ledger/ledger.jsonl | sed 's/.*"seq":\([0-9]*\).*/\1/' |
  awk '$1 != NR - 1 { print "FAILED: slot number " $1 " where " NR - 1 " was due"; exit }'
zone=$(sed -n 's/.*"type":"schedule".*"timeZone":"\([^"]*\)".*/\1/p' ledger/ledger.jsonl | tail -n 1)
first=$(sed -n 's/.*"type":"schedule".*"firstDue":"\([^"]*\)".*/\1/p' ledger/ledger.jsonl | head -n 1)
sed -n -e '/"type":"gap"/p' -e '/"kind":"scheduled"/p' ledger/ledger.jsonl | sed 's/.*"due":"\([^"]*\)".*/\1/' |
  while read -r due; do TZ=$zone date -d "$due" +%F; done > "$dir/nights"
made=$(sed -n 's/^Bagging-Date: //p' bag-info.txt)
grep -q '^External-Description: .*, released$' bag-info.txt || for stamp in tagmanifest-sha256.txt.*.tsr; do test ! -e "$stamp" || ${madeOf}; done
grace=$(sed -n 's/.*"type":"schedule".*"graceMinutes":\([0-9]*\).*/\1/p' ledger/ledger.jsonl | tail -n 1)
until=$(TZ=$zone date -d "@$(($(date -u -d "$made" +%s) - 86400 - 60 * $(test -n "$grace" && echo "$grace" || echo 0)))" +%F)
day=$(test -z "$first" || TZ=$zone date -d "$first" +%F)
while test -n "$day" && test "$(date -d "$day" +%s)" -le "$(date -d "$until" +%s)"; do
  grep -qx "$day" "$dir/nights" || echo "FAILED: no line for the night of $day"
  day=$(date -d "$day 12:00 1 day" +%F)
done`;

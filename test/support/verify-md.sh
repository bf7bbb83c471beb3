#!/bin/sh
# Runs the commands of a packet's own VERIFY.md, as a recipient would who knows nothing of whoever made it: each shell block
# for itself, in a bare shell with the tools that VERIFY.md asks for and no others. What is silent is well.
#
#   verify-md.sh PACKET.zip FOLDER-OF-TRUST-ANCHORS EMPTY-FOLDER
set -eu
packet=$1 trust=$2 work=$3
mkdir "$work/home" "$work/packet" "$work/tools" "$work/blocks" "$work/tmp"
cp -R "$trust" "$work/home/exhibit-trust"
unzip -q "$packet" -d "$work/packet"
for tool in sh openssl ssh-keygen sha256sum base64 od head tail cut sed awk grep find sort diff date mktemp tr ls; do
  ln -s "$(command -v "$tool")" "$work/tools/$tool"
done
awk -v dir="$work/blocks" '
  /^```sh$/ { n += 1; file = sprintf("%s/%02d.sh", dir, n); next }
  /^```/ { file = "" }
  file { print > file }
' "$work/packet/VERIFY.md"
for block in "$work"/blocks/*.sh; do
  test -e "$block" || { echo 'FAILED: VERIFY.md holds no commands'; break; }
  (cd "$work/packet" && env -i HOME="$work/home" TMPDIR="$work/tmp" PATH="$work/tools" "$work/tools/sh" -e "$block") \
    < /dev/null 2> "$work/errors" || echo "FAILED: $(head -n 1 "$work/errors")"
done

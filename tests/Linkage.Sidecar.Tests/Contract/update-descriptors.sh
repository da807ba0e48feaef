#!/usr/bin/env bash
# Writes linkage.v1.binpb, the descriptors that later versions of the contract are held against.
#
# Run it when something was added to the contract, together with that change. When the tests say that something was
# removed or changed, it is no cure: clients in the field rely on what the file says.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
protos="$root/src/Linkage.Sidecar/Protos"
version=$(sed -n 's/.*"Grpc.Tools" Version="\([^"]*\)".*/\1/p' "$root/Directory.Packages.props")
packages=$(dotnet nuget locals global-packages --list | sed 's/^[^:]*: *//')
package="$packages/grpc.tools/$version"

case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) tools=linux_x64 ;;
  Linux-aarch64) tools=linux_arm64 ;;
  Darwin-*) tools=macosx_universal ;;
  *) echo "no protoc for this machine in Grpc.Tools" >&2; exit 1 ;;
esac

cd "$protos"
find google linkage -name '*.proto' -print0 | LC_ALL=C sort -z | xargs -0 \
  "$package/tools/$tools/protoc" --proto_path=. --proto_path="$package/build/native/include" \
  --include_source_info --descriptor_set_out="$here/linkage.v1.binpb"

#!/usr/bin/env bash
# After the app is deployed: asks whether a key that a system sends as a bearer reaches the platform through App Service's own authentication. Microsoft says so nowhere, and some systems, such as GOV.UK Notify, can send theirs in no other way.
set -euo pipefail

if [ "${INTEROP_SIGNIN:-easyAuth}" = platform ]; then exit 0; fi
# To a system that is none: the platform itself says so, and lists the problem.
said=$(curl --silent --max-time 60 --retry 5 --retry-delay 10 --retry-connrefused --request POST --header 'Authorization: Bearer no-token-of-entra-id' --header 'Content-Type: application/json' --data '{}' \
  "${INTEROP_ADDRESS:?run this by azd}/api/organisations/none/systems/none/messages/none" || true)
case "$said" in
  *'"problems"'*) echo "Keys that systems send as a bearer reach the platform." ;;
  *) echo "WARNING: a key that a system sends as a bearer did not reach the platform. Let systems sign or send it in X-Interop-Key; where one can do neither, run: azd env set INTEROP_SIGNIN platform && azd provision. See docs/operations.md, Sign-in." >&2 ;;
esac

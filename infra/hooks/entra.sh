#!/usr/bin/env bash
# Before provisioning: registers the app in Entra ID with its roles, once, and notes its client id in the environment of azd.
set -euo pipefail
cd "$(dirname "$0")"

if [ -n "${INTEROP_SIGNIN_CLIENT_ID:-}" ]; then exit 0; fi

# Users of every tenant that a definition names, or of this one alone.
if [ "${INTEROP_SIGNIN_TENANT:-}" = organizations ]; then audience=AzureADMultipleOrgs; else audience=AzureADMyOrg; fi
name="Interop.Cloud ${AZURE_ENV_NAME:?run this by azd}"
known=$(az ad app list --display-name "$name" --query "[?displayName=='$name'].appId" --output tsv)
if [ -n "$known" ]; then
  # Anybody in the tenant may give a registration that name, and would own the sign-in of whoever took it for theirs.
  echo "There is a registration \"$name\" already: $known. If it is this stage's, run: azd env set INTEROP_SIGNIN_CLIENT_ID <its id>. If it is not, remove or rename it." >&2
  exit 1
fi
client=$(az ad app create --display-name "$name" --sign-in-audience "$audience" --app-roles @app-roles.json --requested-access-token-version 2 --query appId --output tsv)
azd env set INTEROP_SIGNIN_CLIENT_ID "$client"

# A registration is known everywhere some moments after it was made: asked for up to six times, five seconds apart.
for tries in {1..6}; do
  if az ad sp create --id "$client" --output none; then exit 0; fi
  if [ "$tries" != 6 ]; then sleep 5; fi
done
echo "The registration is made, and its enterprise application is not. Run: az ad sp create --id $client" >&2
exit 1

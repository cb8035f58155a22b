#!/usr/bin/env bash
# Before provisioning: registers the app in Entra ID with its roles, once, and notes its client id in the environment of azd.
set -euo pipefail
cd "$(dirname "$0")"

if [ -n "${INTEROP_SIGNIN_CLIENT_ID:-}" ]; then exit 0; fi

# Users of every tenant that a definition names, or of this one alone.
if [ "${INTEROP_SIGNIN_TENANT:-}" = organizations ]; then audience=AzureADMultipleOrgs; else audience=AzureADMyOrg; fi
name="Interop.Cloud ${AZURE_ENV_NAME:?run this by azd}"
client=$(az ad app list --display-name "$name" --query '[0].appId' --output tsv)
if [ -z "$client" ]; then
  client=$(az ad app create --display-name "$name" --sign-in-audience "$audience" --app-roles @app-roles.json --requested-access-token-version 2 --query appId --output tsv)
  az ad sp create --id "$client" --output none
fi
azd env set INTEROP_SIGNIN_CLIENT_ID "$client"

#!/usr/bin/env bash
# Before provisioning: sees that the Azure CLI, by which the hooks ask, is in azd's subscription, and registers there what a private network needs and no resource of the templates names.
set -euo pipefail

own=$(az account show --query id --output tsv)
if [ -n "${AZURE_SUBSCRIPTION_ID:-}" ] && [ "$own" != "$AZURE_SUBSCRIPTION_ID" ]; then
  echo "The Azure CLI is in the subscription $own, azd in $AZURE_SUBSCRIPTION_ID. Run: az account set --subscription $AZURE_SUBSCRIPTION_ID" >&2
  exit 1
fi

# The subnet that the app calls from is delegated to it.
if [ "${INTEROP_PRIVATE_NETWORK:-false}" = true ] && [ "$(az provider show --namespace Microsoft.App --query registrationState --output tsv)" != Registered ]; then
  az provider register --namespace Microsoft.App --wait
fi

#!/usr/bin/env bash
# After provisioning: lets the app, and App Service in front of it, prove itself to Entra ID with its managed identity instead of a secret, and come back to its own address after sign-in.
set -euo pipefail

client=${INTEROP_SIGNIN_CLIENT_ID:?run this by azd}
# The platform trusts the issuer of v2; without a version Entra ID gives tokens of v1, which it refuses. App Service asks for an ID token together with the code.
az ad app update --id "$client" --requested-access-token-version 2 --enable-id-token-issuance true --web-redirect-uris "${INTEROP_ADDRESS:?}/.auth/login/aad/callback" "$INTEROP_ADDRESS/signin-oidc"
# One for each identity: an app that recovers in the other region has another.
if [ -z "$(az ad app federated-credential list --id "$client" --query "[?subject=='${INTEROP_IDENTITY_PRINCIPAL:?}'].name" --output tsv)" ]; then
  tenant=$(az account show --query tenantId --output tsv)
  az ad app federated-credential create --id "$client" --parameters "{
    \"name\": \"managed-identity-$INTEROP_IDENTITY_PRINCIPAL\",
    \"issuer\": \"$(az cloud show --query endpoints.activeDirectory --output tsv)/$tenant/v2.0\",
    \"subject\": \"$INTEROP_IDENTITY_PRINCIPAL\",
    \"audiences\": [\"api://AzureADTokenExchange\"]
  }" --output none
fi

#!/usr/bin/env bash
# After provisioning: lets the app, and App Service in front of it, prove itself to Entra ID with its managed identity instead of a secret, and come back to its own address after sign-in. Changes only what is not so yet.
set -euo pipefail

client=${INTEROP_SIGNIN_CLIENT_ID:?run this by azd}

# What Entra ID says of a missing permission names neither the permission nor the registration.
stop() {
  echo "$1 Somebody who owns the registration $client runs \"azd hooks run postprovision\" once; or this identity is made its owner and given Microsoft Graph's permission Application.ReadWrite.OwnedBy: see docs/operations.md, From GitHub." >&2
  exit 1
}

# The platform trusts the issuer of v2; without a version Entra ID gives tokens of v1, which it refuses. App Service asks for an ID token together with the code.
tokens=$(az ad app show --id "$client" --query "join(' ', [to_string(api.requestedAccessTokenVersion), to_string(web.implicitGrantSettings.enableIdTokenIssuance)])" --output tsv) || stop "The registration cannot be read."
known=$(az ad app show --id "$client" --query "web.redirectUris" --output tsv) || stop "The registration cannot be read."

# Those that are there stay: an own domain, the stage in the other region.
all=()
while IFS= read -r one; do if [ -n "$one" ]; then all+=("$one"); fi; done <<< "$known"
isNew=false
for own in "${INTEROP_ADDRESS:?}/.auth/login/aad/callback" "$INTEROP_ADDRESS/signin-oidc"; do
  if ! grep --quiet --line-regexp --fixed-strings -- "$own" <<< "$known"; then all+=("$own"); isNew=true; fi
done
if [ "$tokens" != "2 true" ] || [ "$isNew" = true ]; then
  az ad app update --id "$client" --requested-access-token-version 2 --enable-id-token-issuance true --web-redirect-uris "${all[@]}" || stop "The registration lacks this stage's address ($INTEROP_ADDRESS) or kind of token, and this identity may not change it."
fi

# One for each identity: an app that recovers in the other region has another.
trusted=$(az ad app federated-credential list --id "$client" --query "[?subject=='${INTEROP_IDENTITY_PRINCIPAL:?}'].name" --output tsv) || stop "The registration's credentials cannot be read."
if [ -z "$trusted" ]; then
  tenant=$(az account show --subscription "${AZURE_SUBSCRIPTION_ID:?run this by azd}" --query tenantId --output tsv)
  az ad app federated-credential create --id "$client" --parameters "{
    \"name\": \"managed-identity-$INTEROP_IDENTITY_PRINCIPAL\",
    \"issuer\": \"$(az cloud show --query endpoints.activeDirectory --output tsv)/$tenant/v2.0\",
    \"subject\": \"$INTEROP_IDENTITY_PRINCIPAL\",
    \"audiences\": [\"api://AzureADTokenExchange\"]
  }" --output none || stop "The registration does not trust the app's identity yet, and this identity may not change it."
fi
